import type { FastifyInstance } from 'fastify';

/**
 * Outside every surface nothing reads a body: whatever is sent to an address that does not exist is thrown away
 * unparsed. A surface's scope brings its own parsers.
 */
export function discardBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (_request: unknown, payload: NodeJS.ReadableStream) => {
    payload.resume();
  });
}
