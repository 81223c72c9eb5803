import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { errors } from '../domain/errors.ts';

/**
 * Bytes wait in memory while they arrive and until they are answered, or until whoever reads them has put them
 * elsewhere. All of them together are kept below a budget; the request whose bytes would exceed it is refused as
 * overloaded, what is left of its body is thrown away. One alone is always let in.
 *
 * Bytes count when they arrive, not when they are announced: else a few callers who announce much and send nothing
 * would keep everybody out.
 *
 * @param bytesMax  for all bodies together.
 */
export function limitBodies(app: FastifyInstance, bytesMax: number): void {
  const budget = { bytesMax, inMemory: 0 };
  app.addHook('preParsing', async ({ headers }, reply, payload) => {
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return payload;
    const counter = new CountedBody(budget);
    reply.raw.once('close', () => counter.releaseAll());
    // Whoever reads the body hears of the error; a refusal may have come before anybody did.
    counter.on('error', () => {});
    payload.once('error', (error) => counter.destroy(error));
    // What nobody reads is thrown away, or it would stand before the connection's next request.
    counter.once('close', () => payload.unpipe(counter).resume());
    reply.raw.once('finish', () => counter.destroy());
    return payload.pipe(counter);
  });
}

interface Budget {
  readonly bytesMax: number;
  inMemory: number;
}

/** Sockets hand over 64 KiB at a time; stopping after each costs more than reading it. */
const BYTES_BEFORE_PAUSE = 131_072;

/** A body on its way to whoever reads it, counted against the budget of all. */
export class CountedBody extends Transform {
  readonly #budget: Budget;
  #own = 0;

  constructor(budget: Budget) {
    super({ highWaterMark: BYTES_BEFORE_PAUSE });
    this.#budget = budget;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const { inMemory, bytesMax } = this.#budget;
    const isAlone = inMemory === this.#own;
    if (!isAlone && inMemory + chunk.length > bytesMax) {
      done(errors.overloaded());
      return;
    }
    this.#count(chunk.length);
    done(null, chunk);
  }

  /** Bytes of it that are no longer in memory. */
  release(bytes: number): void {
    this.#count(-Math.min(bytes, this.#own));
  }

  releaseAll(): void {
    this.release(this.#own);
  }

  #count(bytes: number): void {
    this.#own += bytes;
    this.#budget.inMemory += bytes;
  }
}
