import type { FastifyReply } from 'fastify';

/**
 * A signal for work done on a request's behalf: fires when the caller hangs up before the answer is out, or when
 * `deadlineMs` have passed.
 */
export function signalFor(reply: FastifyReply, deadlineMs: number): AbortSignal {
  const hangUp = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) hangUp.abort();
  });
  return AbortSignal.any([hangUp.signal, AbortSignal.timeout(deadlineMs)]);
}
