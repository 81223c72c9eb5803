import type { FastifyInstance } from 'fastify';
import type { SubjectVerificationInput } from '../../../domain/examination/examination.ts';
import { pictureSources, type VerihubsContext } from '../context.ts';
import { acquired } from '../errors.ts';
import { takeQuotas } from '../quota.ts';
import { answerHead } from '../translate/answer-head.ts';
import { faceFields } from '../translate/face-fields.ts';
import { levelOf } from '../translate/levels.ts';
import { failOnComparison, similarityFields } from '../translate/similarity-fields.ts';
import { toWishes } from '../translate/to-examination.ts';
import { imageOf, type PictureSources } from '../translate/to-image.ts';
import { usedQuotas } from '../translate/used-quotas.ts';
import type { VerifyAnswer } from '../wire/answers.ts';
import { payloadOf, requireFields, subjectIdOf, switchesOf } from '../wire/payload.ts';

/** `POST /v1/face/verify`: the face of a picture compared with one enrolled subject. */
export function registerVerify(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/verify', {
    onRequest: gate.admit('verify'),
    handler: async (request, reply): Promise<VerifyAnswer> => {
      const principal = gate.principalOf(request);
      const signal = tools.signalFor(reply);
      const input = toVerification(request.body, pictureSources(context, signal));
      await takeQuotas(service.limits, principal, ['verify', ...usedQuotas(input.examination)]);
      const verification = acquired(await service.examinations.verifySubject(principal.space, input, signal));
      const { examined } = verification;
      const failOn = failOnComparison(verification, examined.failed);
      tools.note(request, { faces: examined.faceCount, failOn });
      return {
        ...answerHead(tools, { failOn }),
        subject_id: input.externalId,
        ...similarityFields(verification),
        ...faceFields(examined),
      };
    },
  });
}

/** What is wrong is told in this order. @throws CodedRefusal */
function toVerification(body: unknown, sources: PictureSources): SubjectVerificationInput {
  const payload = payloadOf(body);
  requireFields(payload, ['image', 'subject_id']);
  const image = imageOf(payload, 'image', sources);
  const externalId = subjectIdOf(payload);
  const wishes = toWishes(switchesOf(payload));
  const falseMatchRateMax = levelOf(payload);
  return { examination: { image, ...wishes }, externalId, falseMatchRateMax };
}
