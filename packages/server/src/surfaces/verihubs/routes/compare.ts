import type { FastifyInstance } from 'fastify';
import type { PairVerificationInput } from '../../../domain/examination/examination.ts';
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
import type { CompareAnswer } from '../wire/answers.ts';
import { payloadOf, requireFields, switchesOf } from '../wire/payload.ts';

/** `POST /v1/face/compare`: the faces of two pictures. */
export function registerCompare(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/compare', {
    onRequest: gate.admit('verify'),
    handler: async (request, reply): Promise<CompareAnswer> => {
      const principal = gate.principalOf(request);
      const signal = tools.signalFor(reply);
      const input = toComparison(request.body, pictureSources(context, signal));
      await takeQuotas(service.limits, principal, ['verify', ...usedQuotas(input.examinations[0])]);
      const comparison = acquired(await service.examinations.verifyPair(input, signal));
      const [first, second] = comparison.examined;
      const failOn = failOnComparison(comparison, [...first.failed, ...second.failed]);
      tools.note(request, { faces: first.faceCount + second.faceCount, failOn });
      return {
        ...answerHead(tools, { failOn }),
        ...similarityFields(comparison),
        image_1: faceFields(first),
        image_2: faceFields(second),
      };
    },
  });
}

/** What is wrong is told in this order. @throws CodedRefusal */
function toComparison(body: unknown, sources: PictureSources): PairVerificationInput {
  const payload = payloadOf(body);
  requireFields(payload, ['image_1', 'image_2']);
  const first = imageOf(payload, 'image_1', sources);
  const second = imageOf(payload, 'image_2', sources);
  const wishes = toWishes(switchesOf(payload));
  return {
    examinations: [
      { image: first, ...wishes },
      { image: second, ...wishes },
    ],
    falseMatchRateMax: levelOf(payload),
  };
}
