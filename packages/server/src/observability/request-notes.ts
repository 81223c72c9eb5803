import type { FastifyRequest } from 'fastify';
import type { RequestNotes } from '../http/surface.ts';

/** Counts gathered while a request is handled, for its one log line. Forgotten with the request. */
export interface RequestNotebook {
  note(request: FastifyRequest, notes: RequestNotes): void;
  of(request: FastifyRequest): RequestNotes;
}

export function createRequestNotebook(): RequestNotebook {
  const pages = new WeakMap<FastifyRequest, RequestNotes>();
  const of = (request: FastifyRequest): RequestNotes => pages.get(request) ?? {};
  return { of, note: (request, notes) => void pages.set(request, { ...of(request), ...notes }) };
}
