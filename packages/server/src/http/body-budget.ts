import { Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { errors } from '../domain/errors.ts';

/**
 * Bodies wait in memory while they arrive and until they are answered. All of them together are kept below a budget;
 * the request whose bytes would exceed it is refused as overloaded, what is left of its body is thrown away. One alone
 * is always let in.
 *
 * Bytes count when they arrive, not when they are announced: else a few callers who announce much and send nothing
 * would keep everybody out.
 *
 * @param bytesMax  for all bodies together.
 */
export function limitBodies(app: FastifyInstance, bytesMax: number): void {
  let inMemory = 0;
  app.addHook('preParsing', async ({ headers }, reply, payload) => {
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return payload;
    let own = 0;
    reply.raw.once('close', () => {
      inMemory -= own;
    });
    const counter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const isAlone = inMemory === own;
        if (!isAlone && inMemory + chunk.length > bytesMax) {
          done(errors.overloaded());
          return;
        }
        own += chunk.length;
        inMemory += chunk.length;
        done(null, chunk);
      },
    });
    // Whoever reads the body hears of the error; a refusal may have come before anybody did.
    counter.on('error', () => {});
    payload.once('error', (error) => counter.destroy(error));
    // What nobody reads is thrown away, or it would stand before the connection's next request.
    counter.once('close', () => payload.unpipe(counter).resume());
    reply.raw.once('finish', () => counter.destroy());
    return payload.pipe(counter);
  });
}
