import type { FastifyInstance } from 'fastify';
import type { AccountId } from '../../../domain/enrolment/records.ts';
import type { SubjectSearch, SubjectSearchInput } from '../../../domain/examination/examination.ts';
import { pictureSources, type VerihubsContext } from '../context.ts';
import { enrolledPicture } from '../enrolled-picture.ts';
import { acquired } from '../errors.ts';
import { takeQuotas } from '../quota.ts';
import { answerHead } from '../translate/answer-head.ts';
import { faceFields } from '../translate/face-fields.ts';
import { failOn } from '../translate/fail-on.ts';
import { similarityFields } from '../translate/similarity-fields.ts';
import { toWishes } from '../translate/to-examination.ts';
import { imageOf, type PictureSources } from '../translate/to-image.ts';
import { toSearchLimits } from '../translate/to-search-limits.ts';
import { usedQuotas } from '../translate/used-quotas.ts';
import type { SearchAnswer, SearchMatch } from '../wire/answers.ts';
import { payloadOf, requireFields, type Switches, switchesOf } from '../wire/payload.ts';

/** In the vendor's spelling. */
const MESSAGE = 'Face search is successfull!';

/** `POST /v1/face/search`: the enrolled subjects most like the face of a picture. */
export function registerSearch(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/search', {
    onRequest: gate.admit('search'),
    handler: async (request, reply): Promise<SearchAnswer> => {
      const principal = gate.principalOf(request);
      const signal = tools.signalFor(reply);
      const { input, switches } = toSearch(request.body, pictureSources(context, signal));
      await takeQuotas(service.limits, principal, usedQuotas(input.examination));
      const search = acquired(await service.examinations.searchSubjects(principal.space, input, signal));
      const failed = failOn(search.examined.failed);
      const matches = await matchesOf(context, principal.space, { search, switches });
      tools.note(request, { faces: search.examined.faceCount, failOn: failed, matches: matches.length });
      return {
        ...answerHead(tools, { failOn: failed, message: MESSAGE }),
        matches,
        ...faceFields(search.examined),
      };
    },
  });
}

interface SearchPlan {
  readonly input: SubjectSearchInput;
  readonly switches: Switches;
}

/** What is wrong is told in this order. @throws CodedRefusal */
function toSearch(body: unknown, sources: PictureSources): SearchPlan {
  const payload = payloadOf(body);
  requireFields(payload, ['image']);
  const image = imageOf(payload, 'image', sources);
  const switches = switchesOf(payload);
  const examination = { image, ...toWishes(switches) };
  return { input: { examination, ...toSearchLimits(payload) }, switches };
}

interface Found {
  readonly search: Exclude<SubjectSearch, { outcome: 'failure-to-acquire' }>;
  readonly switches: Switches;
}

async function matchesOf(
  { service }: VerihubsContext,
  space: AccountId,
  { search, switches }: Found,
): Promise<SearchMatch[]> {
  if (search.outcome === 'refused') return [];
  return Promise.all(
    search.candidates.flatMap(({ subject, references: [best] }) =>
      best === undefined
        ? []
        : [
            (async () => ({
              subject_id: subject.externalId ?? subject.id,
              ...similarityFields({ outcome: 'match', falseMatchRate: best.falseMatchRate }),
              ...(switches.return_image && {
                image: await enrolledPicture(service.enrolment, space, best.reference),
              }),
            }))(),
          ],
    ),
  );
}
