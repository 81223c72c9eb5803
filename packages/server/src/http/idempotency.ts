import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { IdempotencyRequest } from '../domain/enrolment/enrolment.ts';
import { HttpError } from './http-error.ts';
import { tidyPath } from './not-found.ts';

/** Printable ASCII. */
const ACCEPTABLE = /^[\x20-\x7e]{1,255}$/;

/**
 * The caller's `Idempotency-Key` with a digest of method, path and body; undefined without the header.
 *
 * The body counts by its value: white space and the order of keys make no other request.
 *
 * @throws HttpError 400 for a key that is not 1 to 255 printable ASCII characters.
 * @cost   a pass over the body, only with the header: about 5 ms per megabyte.
 */
export function idempotencyOf(request: FastifyRequest): IdempotencyRequest | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !ACCEPTABLE.test(key)) {
    throw new HttpError(400, 'Idempotency-Key must be 1 to 255 printable ASCII characters.');
  }
  const { method, url, body } = request;
  const meaning = JSON.stringify([method, tidyPath(url).toLowerCase(), body], inOrder);
  return { key, fingerprint: createHash('sha256').update(meaning).digest('hex') };
}

/** For `JSON.stringify`: objects with their keys in order. Depth is bounded where bodies are parsed. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
