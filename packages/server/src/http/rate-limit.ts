import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors } from '../domain/errors.ts';
import type { Limits, RateAnswer } from '../domain/limits/limits.ts';

/** What `applyRate` says how a caller stands with. */
export const RATE_HEADERS = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
] as const;

/**
 * Says in the answer's headers how a caller stands, as Laravel does; nothing where there is no limit.
 *
 * @throws FaceError `rate-limited` when the request is one too many.
 */
export function applyRate(reply: FastifyReply, answer: RateAnswer): void {
  if (!Number.isFinite(answer.limit)) return;
  reply.header('x-ratelimit-limit', answer.limit).header('x-ratelimit-remaining', answer.remaining);
  if (answer.isAllowed) return;
  reply
    .header('retry-after', answer.retryAfterSeconds)
    .header('x-ratelimit-reset', Math.ceil(answer.resetAt.getTime() / 1000));
  throw errors.rateLimited(answer.retryAfterSeconds);
}

/**
 * Counts a request by network address before anything of it is read, and refuses it above the limit of strangers:
 * guessing credentials is slow then, and a flood of wrong ones cheap. Once credentials were found right, `countRequest`
 * with the address takes the count back.
 *
 * @throws FaceError `rate-limited`
 */
export async function countStranger(
  { ip }: FastifyRequest,
  reply: FastifyReply,
  limits: Pick<Limits, 'countStranger'>,
): Promise<void> {
  const answer = await limits.countStranger(ip);
  if (!answer.isAllowed) applyRate(reply, answer);
}
