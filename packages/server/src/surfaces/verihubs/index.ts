/**
 * The Verihubs face API: verify, enroll, search, compare, liveness and deepfake.
 *
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonOnly } from '../../http/json-body.ts';
import type { MissingRoute, Surface, SurfacePath } from '../../http/surface.ts';
import { IMAGE_FIELDS } from './coded-refusal.ts';
import type { VerihubsParts } from './context.ts';
import { refusalOf } from './errors.ts';
import { createGate } from './gate.ts';
import { registerCompare } from './routes/compare.ts';
import { registerDeepfake } from './routes/deepfake.ts';
import { registerDeleteEnroll } from './routes/delete-enroll.ts';
import { registerEnroll } from './routes/enroll.ts';
import { registerLiveness } from './routes/liveness.ts';
import { registerSearch } from './routes/search.ts';
import { registerVerify } from './routes/verify.ts';

const PATHS: readonly SurfacePath[] = [
  { method: 'POST', path: '/v1/face/verify' },
  { method: 'POST', path: '/v1/face/enroll' },
  { method: 'DELETE', path: '/v1/face/enroll' },
  { method: 'POST', path: '/v1/face/search' },
  { method: 'POST', path: '/v1/face/compare' },
  { method: 'POST', path: '/v1/face/liveness' },
  { method: 'POST', path: '/v1/face/deepfake' },
];

export const createVerihubsSurface = (parts: VerihubsParts): Surface => ({
  name: 'verihubs',
  prefix: parts.options.prefix,
  paths: PATHS,
  register: (app) => {
    acceptJsonOnly(app, { encodedFields: new Set(IMAGE_FIELDS) });
    app.setErrorHandler((error, _request, reply) => {
      const { http, body, retryAfterSeconds } = refusalOf(error);
      if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
      return reply.code(http).send(body);
    });
    const context = { ...parts, gate: createGate(parts.service, parts.tools) };
    registerVerify(app, context);
    registerEnroll(app, context);
    registerDeleteEnroll(app, context);
    registerSearch(app, context);
    registerCompare(app, context);
    registerLiveness(app, context);
    registerDeepfake(app, context);
  },
  answerMissing,
});

function answerMissing(
  { status }: MissingRoute,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return reply.send(
    status === 404
      ? { message: 'There is nothing at this address.', error_code: 'NOT_FOUND' }
      : { message: 'This address takes another method.', error_code: 'METHOD_NOT_ALLOWED' },
  );
}
