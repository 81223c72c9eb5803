/**
 * The Regula Face SDK Web API 6.4: match, detect, persons, groups, search and health.
 *
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonOnly } from '../../http/json-body.ts';
import type { MissingRoute, Surface, SurfacePath } from '../../http/surface.ts';
import type { RegulaContext } from './context.ts';
import { applyRefusal, metadataOf, outcomeOf } from './envelope.ts';
import { refusalOf } from './errors.ts';
import { registerDetect } from './routes/detect.ts';
import { registerHealth } from './routes/health.ts';
import { registerMatch } from './routes/match.ts';
import { registerMatchAndSearch } from './routes/match-and-search.ts';
import { PEOPLE_PATHS, registerPeople } from './routes/people.ts';
import type { OperationLog } from './wire/answers.ts';

const PATHS: readonly SurfacePath[] = [
  { method: 'POST', path: '/api/match' },
  { method: 'POST', path: '/api/match_and_search' },
  { method: 'POST', path: '/api/detect' },
  { method: 'GET', path: '/api/healthz' },
  { method: 'GET', path: '/api/readyz' },
  { method: 'GET', path: '/api/readiness' },
  { method: 'GET', path: '/api/ping' },
  ...PEOPLE_PATHS,
];

export const createRegulaSurface = (context: RegulaContext): Surface => ({
  name: 'regula',
  prefix: context.options.prefix,
  paths: PATHS,
  register: (app) => {
    acceptJsonOnly(app);
    app.setErrorHandler((error, request, reply) => {
      const refusal = refusalOf(error);
      return applyRefusal(reply, refusal).send({
        ...outcomeOf(refusal.name),
        metadata: metadataOf(context, { request, reply }, refusal.reason),
      });
    });
    registerMatch(app, context);
    registerMatchAndSearch(app, context);
    registerDetect(app, context);
    registerHealth(app, context);
    registerPeople(app, context);
  },
  answerMissing,
});

function answerMissing(
  { status }: MissingRoute,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const missing = status === 404;
  const log: OperationLog = {
    statusCode: status,
    type: missing ? 'NotFoundException' : 'MethodNotAllowedException',
    msg: missing ? 'There is nothing at this address.' : 'This address takes another method.',
    metadata: {},
  };
  return reply.send(log);
}
