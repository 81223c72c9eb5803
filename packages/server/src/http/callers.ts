import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Caller, type Callers, openCaller } from '../domain/audit/callers.ts';

/** Every request is somebody's from its beginning on: of a caller without credentials, until `actAs` says more. */
export function followCallers(app: FastifyInstance, callers: Callers): void {
  const known = new WeakMap<FastifyRequest, Caller>();
  app.addHook('onRequest', (request, _reply, done) => {
    const caller = openCaller(request.id);
    known.set(request, caller);
    callers.during(caller, done);
  });
  // The body arrives in the context of its connection, which may serve others: the request's own is put back.
  app.addHook('preValidation', (request, _reply, done) => {
    callers.during(known.get(request) ?? openCaller(request.id), done);
  });
}
