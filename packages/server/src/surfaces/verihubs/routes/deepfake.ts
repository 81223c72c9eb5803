import type { FastifyInstance } from 'fastify';
import type { ExaminationRequest } from '../../../domain/examination/examination.ts';
import { pictureSources, type VerihubsContext } from '../context.ts';
import { acquired } from '../errors.ts';
import { answerHead } from '../translate/answer-head.ts';
import { deepfakeOf } from '../translate/deepfake.ts';
import { faceFields } from '../translate/face-fields.ts';
import { failOn } from '../translate/fail-on.ts';
import { toWishes } from '../translate/to-examination.ts';
import { imageOf, type PictureSources } from '../translate/to-image.ts';
import type { DeepfakeAnswer } from '../wire/answers.ts';
import { payloadOf, requireFields, switchesOf } from '../wire/payload.ts';

/** `POST /v1/face/deepfake`: whether the face of a picture was swapped, generated or edited. */
export function registerDeepfake(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/deepfake', {
    onRequest: gate.admit('verify'),
    handler: async (request, reply): Promise<DeepfakeAnswer> => {
      const signal = tools.signalFor(reply);
      const input = toDeepfake(request.body, pictureSources(context, signal));
      const examined = acquired(await service.examinations.examine(input, signal));
      const failed = failOn(examined.failed);
      tools.note(request, { faces: examined.faceCount, failOn: failed });
      const deepfake = deepfakeOf(examined.injection);
      return { ...answerHead(tools, { failOn: failed }), ...faceFields(examined), deepfake };
    },
  });
}

/** Here quality and attributes are told only when asked; liveness is another operation. */
const DEFAULTS = { is_quality: false, is_attribute: false } as const;
const NO_LIVENESS = { is_liveness: false, validate_liveness: false } as const;

/** What is wrong is told in this order. @throws CodedRefusal */
function toDeepfake(body: unknown, sources: PictureSources): ExaminationRequest {
  const payload = payloadOf(body);
  requireFields(payload, ['image']);
  const image = imageOf(payload, 'image', sources);
  const { aspects, checks } = toWishes({ ...switchesOf({ ...DEFAULTS, ...payload }), ...NO_LIVENESS });
  return { image, aspects: [...aspects, 'injection'], checks };
}
