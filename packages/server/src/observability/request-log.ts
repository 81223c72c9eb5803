import type { FastifyInstance } from 'fastify';
import { FaceError } from '../domain/errors.ts';
import { httpErrorOf } from '../http/http-error.ts';
import type { Surface } from '../http/surface.ts';
import type { RequestNotebook } from './request-notes.ts';

export interface RequestLogOptions {
  readonly surfaces: readonly Surface[];
  readonly notebook: RequestNotebook;
}

/** One line for each request, and one more for each defect. Never a body, a header or a query. */
export function logRequests(app: FastifyInstance, { surfaces, notebook }: RequestLogOptions): void {
  const surfaceOf = surfaceByRoute(surfaces);

  app.addHook('onError', async (request, _reply, error) => {
    if (isDefect(error)) request.log.error({ err: error }, 'defect');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url;
    request.log.info(
      {
        surface: surfaceOf.get(route ?? ''),
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...notebook.of(request),
      },
      'request',
    );
  });
}

/** Only what someone should mend; a caller's mistake and a full queue are ordinary. */
function isDefect(error: unknown): boolean {
  if (error instanceof FaceError) return error.kind === 'bug' || error.kind === 'capability';
  return httpErrorOf(error) === undefined;
}

const surfaceByRoute = (surfaces: readonly Surface[]): ReadonlyMap<string, string> =>
  new Map(surfaces.flatMap(({ name, prefix, paths }) => paths.map(({ path }) => [prefix + path, name])));
