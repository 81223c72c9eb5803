import type { FastifyInstance } from 'fastify';
import { pictureSources, type RegulaContext } from '../context.ts';
import { applyRefusal, matchAndSearchAnswer } from '../envelope.ts';
import { refusalOf } from '../errors.ts';
import { fromVerifyAndIdentify } from '../translate/from-verify-and-identify.ts';
import { toVerifyAndIdentify } from '../translate/to-verify-and-identify.ts';
import { MatchAndSearchRequest } from '../wire/match-and-search-request.ts';
import { RESULT_CODES } from '../wire/result-codes.ts';

/** `POST /api/match_and_search`: compares the faces of a request and searches each of them. */
export function registerMatchAndSearch(app: FastifyInstance, context: RegulaContext): void {
  const { service, tools, options, accountOf } = context;
  app.post<{ Body: MatchAndSearchRequest }>('/api/match_and_search', {
    schema: { body: MatchAndSearchRequest },
    handler: async (request, reply) => {
      const signal = tools.signalFor(reply);
      const plan = toVerifyAndIdentify(request.body, pictureSources(context, signal), options);
      const found = await service.identification.verifyAndIdentify(accountOf(request), plan.input, signal);
      const body = fromVerifyAndIdentify(found, plan);
      const faces = body.detections.flatMap((detection) => detection.faces);
      tools.note(request, {
        images: plan.labels.length,
        faces: faces.length,
        comparisons: body.results.length,
        persons: faces.reduce((sum, { persons }) => sum + persons.length, 0),
        code: RESULT_CODES[body.name],
      });
      return matchAndSearchAnswer(context, body, { request, reply });
    },
    errorHandler: (error, request, reply) => {
      const refusal = refusalOf(error);
      const { name, reason } = refusal;
      tools.note(request, { code: RESULT_CODES[name] });
      const body = { name, reason, detections: [], results: [] };
      return applyRefusal(reply, refusal).send(matchAndSearchAnswer(context, body, { request, reply }));
    },
  });
}
