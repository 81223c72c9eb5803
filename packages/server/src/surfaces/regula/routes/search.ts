import type { FastifyInstance, FastifyReply } from 'fastify';
import type { IdentificationOutcome } from '../../../domain/identification/identification.ts';
import { idempotencyOf } from '../../../http/idempotency.ts';
import { absenceAsBadParameter } from '../absence.ts';
import { pictureSources, type RegulaContext } from '../context.ts';
import { outcomeOf } from '../envelope.ts';
import { REGULA_FAILURES } from '../errors.ts';
import { logOfFailure } from '../operation-errors.ts';
import { withContents } from '../picture-contents.ts';
import { searchPersonsOf } from '../translate/from-identification.ts';
import { imageToWire, personToWire } from '../translate/people.ts';
import { type SearchPlan, toIdentification } from '../translate/to-identification.ts';
import type { SearchAnswer, SearchCreatedAnswer } from '../wire/answers.ts';
import type { SearchPerson } from '../wire/people.ts';
import type { ResultName } from '../wire/result-codes.ts';
import { SearchQuery, SearchRequest } from '../wire/search-request.ts';

/** `POST /api/search`: who among those enrolled looks like the faces of a picture. */
export function registerSearch(app: FastifyInstance, context: RegulaContext): void {
  const { service, tools, options, accountOf } = context;
  app.post<{ Body: SearchRequest; Querystring: SearchQuery }>('/api/search', {
    schema: { body: SearchRequest, querystring: SearchQuery },
    handler: async (request, reply) => {
      const signal = tools.signalFor(reply);
      const plan = toIdentification(request.body, pictureSources(context, signal), options);
      const idempotency = idempotencyOf(request);
      const input = { ...plan.input, ...(idempotency && { idempotency }) };
      const outcome = await absenceAsBadParameter(
        service.identification.identify(accountOf(request), input, signal),
      );
      if (outcome.outcome === 'failure-to-acquire') return answerFailure(outcome, reply);
      const reranked = rerankedIn(outcome);
      tools.note(request, {
        images: 1,
        faces: outcome.faces.length,
        persons: candidateCount(outcome),
        reranked,
      });
      if (outcome.enrolled) return reply.code(201).send(createdAnswer(outcome.enrolled, options.prefix));
      const persons = personsOf(outcome, plan, options.prefix);
      const whole = wantsImages(request.query)
        ? await withContents(persons, service.enrolment, accountOf(request))
        : persons;
      return { ...foundAnswer('FACER_OK', whole), debug: { reranked } };
    },
  });
}

type Failed = Extract<IdentificationOutcome, { outcome: 'failure-to-acquire' }>;
type Searched = Extract<IdentificationOutcome, { outcome: 'searched' }>;

/** That nobody is in the picture is an answer; that it is no picture is the caller's mistake. */
function answerFailure({ reason }: Failed, reply: FastifyReply): FastifyReply {
  if (reason === 'no-face') return reply.send(foundAnswer(REGULA_FAILURES[reason], []));
  const log = logOfFailure(reason);
  return reply.code(log.statusCode).send(log);
}

const candidateCount = ({ faces }: Searched): number =>
  faces.reduce((sum, { candidates }) => sum + candidates.length, 0);

const rerankedIn = ({ faces }: Searched): number => faces.reduce((sum, face) => sum + face.reranked, 0);

const personsOf = ({ faces }: Searched, { portraits, distanceMax }: SearchPlan, prefix: string) =>
  searchPersonsOf(faces, { portraits, distanceMax, prefix });

const wantsImages = ({ withImages = '' }: SearchQuery): boolean =>
  withImages.toLowerCase() === 'true' || withImages === '1';

const foundAnswer = (name: ResultName, persons: readonly SearchPerson[]): SearchAnswer => ({
  ...outcomeOf(name),
  persons,
  id: null,
  createdAt: null,
  updatedAt: null,
  groups: null,
  name: null,
  metadata: null,
});

const createdAnswer = (
  { subject, reference }: NonNullable<Searched['enrolled']>,
  prefix: string,
): SearchCreatedAnswer => ({
  ...outcomeOf('FACER_OK'),
  persons: [],
  ...personToWire(subject),
  images: [imageToWire(reference, prefix)],
});
