import type { FastifyInstance } from 'fastify';
import type { RegulaContext } from '../context.ts';
import { applyRefusal, detectAnswer } from '../envelope.ts';
import { refusalOf } from '../errors.ts';
import { fromAssessment } from '../translate/from-assessment.ts';
import { toAssessment } from '../translate/to-assessment.ts';
import { DetectRequest } from '../wire/detect-request.ts';
import { RESULT_CODES } from '../wire/result-codes.ts';

/** `POST /api/detect`: the faces of one picture. */
export function registerDetect(app: FastifyInstance, context: RegulaContext): void {
  const { service, tools, options } = context;
  app.post<{ Body: DetectRequest }>('/api/detect', {
    schema: { body: DetectRequest },
    handler: async (request, reply) => {
      const plan = toAssessment(request.body, options);
      const acquisition = await service.assess(plan.input, tools.signalFor(reply));
      const body = fromAssessment(acquisition, plan);
      tools.note(request, { images: 1, faces: body.detections.length, code: RESULT_CODES[body.name] });
      return detectAnswer(context, { ...body, scenario: plan.scenario }, { request, reply });
    },
    errorHandler: (error, request, reply) => {
      const refusal = refusalOf(error);
      const { name, reason } = refusal;
      tools.note(request, { code: RESULT_CODES[name] });
      const body = { name, reason, detections: [], scenario: '' };
      return applyRefusal(reply, refusal).send(detectAnswer(context, body, { request, reply }));
    },
  });
}
