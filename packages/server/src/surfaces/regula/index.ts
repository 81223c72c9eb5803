/**
 * The Regula Face SDK Web API 6.4: match, detect, persons, groups, search and health.
 *
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonOnly } from '../../http/json-body.ts';
import type { MissingRoute, Surface } from '../../http/surface.ts';
import { createAccess } from './access.ts';
import type { RegulaContext, RegulaParts } from './context.ts';
import { applyRefusal, metadataOf, outcomeOf } from './envelope.ts';
import { refusalOf } from './errors.ts';
import { REGULA_PATHS, requirementsUnder } from './paths.ts';
import { registerDetect } from './routes/detect.ts';
import { registerHealth } from './routes/health.ts';
import { registerMatch } from './routes/match.ts';
import { registerMatchAndSearch } from './routes/match-and-search.ts';
import { registerPeople } from './routes/people.ts';
import type { OperationLog } from './wire/answers.ts';

/** Where pictures come in base64. */
const ENCODED_FIELDS = new Set(['data', 'content', 'image']);

export function createRegulaSurface(parts: RegulaParts): Surface {
  const { service, tools, options } = parts;
  const access = createAccess({
    authentication: service.authentication,
    limits: service.limits,
    actAs: tools.actAs,
    isOpen: options.access === 'open',
    requirementOf: requirementsUnder(options.prefix),
  });
  const context = { ...parts, accountOf: access.accountOf };
  return {
    name: 'regula',
    prefix: options.prefix,
    paths: REGULA_PATHS,
    register: (app) => {
      access.watch(app);
      registerOperations(app, context);
    },
    answerMissing,
  };
}

function registerOperations(app: FastifyInstance, context: RegulaContext): void {
  acceptJsonOnly(app, { encodedFields: ENCODED_FIELDS });
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
}

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
