import type { FastifyInstance, FastifyRequest } from 'fastify';
import { errors } from '../domain/errors.ts';

/**
 * Bodies wait in memory while they arrive and until they are answered. All of them together are kept below a budget;
 * a request beyond it is refused as overloaded before its body is read. One alone is always let in.
 *
 * @param bytesMax  for all bodies together.
 */
export function limitBodies(app: FastifyInstance, bytesMax: number): void {
  let inMemory = 0;
  app.addHook('onRequest', async (request, reply) => {
    const size = announcedBytes(request, app.initialConfig.bodyLimit ?? bytesMax);
    if (size > 0 && inMemory > 0 && inMemory + size > bytesMax) throw errors.overloaded();
    inMemory += size;
    reply.raw.once('close', () => {
      inMemory -= size;
    });
  });
}

/** A body of unannounced length may grow to the limit; one above the limit will not be read at all. */
function announcedBytes({ headers }: FastifyRequest, bodyBytesMax: number): number {
  if (headers['transfer-encoding'] !== undefined) return bodyBytesMax;
  const length = Number(headers['content-length'] ?? 0);
  return length <= bodyBytesMax ? length : 0;
}
