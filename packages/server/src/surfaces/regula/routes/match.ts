import type { FastifyInstance } from 'fastify';
import type { RegulaContext } from '../context.ts';
import { applyRefusal, matchAnswer } from '../envelope.ts';
import { refusalOf } from '../errors.ts';
import { fromVerification } from '../translate/from-verification.ts';
import { toVerification } from '../translate/to-verification.ts';
import { MatchRequest } from '../wire/match-request.ts';
import { RESULT_CODES } from '../wire/result-codes.ts';

/** `POST /api/match`: every face of a request compared with every other picture's. */
export function registerMatch(app: FastifyInstance, context: RegulaContext): void {
  const { service, tools, options } = context;
  app.post<{ Body: MatchRequest }>('/api/match', {
    schema: { body: MatchRequest },
    handler: async (request, reply) => {
      const plan = toVerification(request.body, options);
      const verification = await service.verify(plan.input, tools.signalFor(reply));
      const body = fromVerification(verification, plan);
      tools.note(request, {
        images: plan.labels.length,
        faces: body.detections.reduce((sum, { faces }) => sum + faces.length, 0),
        comparisons: body.results.length,
        code: RESULT_CODES[body.name],
      });
      return matchAnswer(context, body, { request, reply });
    },
    errorHandler: (error, request, reply) => {
      const refusal = refusalOf(error);
      const { name, reason } = refusal;
      tools.note(request, { code: RESULT_CODES[name] });
      const body = { name, reason, detections: [], results: [] };
      return applyRefusal(reply, refusal).send(matchAnswer(context, body, { request, reply }));
    },
  });
}
