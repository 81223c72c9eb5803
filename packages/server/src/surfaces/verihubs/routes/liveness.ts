import type { FastifyInstance } from 'fastify';
import type { ExaminationRequest } from '../../../domain/examination/examination.ts';
import { pictureSources, type VerihubsContext } from '../context.ts';
import { acquired } from '../errors.ts';
import { takeQuotas } from '../quota.ts';
import { answerHead } from '../translate/answer-head.ts';
import { faceFields } from '../translate/face-fields.ts';
import { failOn } from '../translate/fail-on.ts';
import { toWishes } from '../translate/to-examination.ts';
import { imageOf, type PictureSources } from '../translate/to-image.ts';
import { usedQuotas } from '../translate/used-quotas.ts';
import type { LivenessAnswer } from '../wire/answers.ts';
import { payloadOf, requireFields, switchesOf } from '../wire/payload.ts';

/** `POST /v1/face/liveness`: whether the face of a picture was there itself. */
export function registerLiveness(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/liveness', {
    onRequest: gate.admit('verify'),
    handler: async (request, reply): Promise<LivenessAnswer> => {
      const principal = gate.principalOf(request);
      const signal = tools.signalFor(reply);
      const input = toLiveness(request.body, pictureSources(context, signal));
      await takeQuotas(service.limits, principal, usedQuotas(input));
      const examined = acquired(await service.examinations.examine(input, signal));
      const failed = failOn(examined.failed);
      tools.note(request, { faces: examined.faceCount, failOn: failed });
      return { ...answerHead(tools, { failOn: failed }), ...faceFields(examined) };
    },
  });
}

/** What is wrong is told in this order. Liveness is the answer and no validation. @throws CodedRefusal */
function toLiveness(body: unknown, sources: PictureSources): ExaminationRequest {
  const payload = payloadOf(body);
  requireFields(payload, ['image']);
  const image = imageOf(payload, 'image', sources);
  const switches = { ...switchesOf(payload), is_liveness: true, validate_liveness: false };
  return { image, ...toWishes(switches) };
}
