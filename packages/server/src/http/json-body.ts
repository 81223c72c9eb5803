import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from './http-error.ts';
import { checkJsonShape, type JsonShapeLimits } from './json-shape.ts';

const SHAPE_LIMITS: JsonShapeLimits = { depthMax: 32, tokensMax: 100_000, bareBytesMax: 1_048_576 };

/**
 * Makes JSON the only body this scope reads: no text, no forms, no compressed bodies (a few kilobytes of gzip can hold
 * a gigabyte).
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => parseJsonBody(body),
  );
  app.addHook('onRequest', async (request) => {
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity') {
      throw new HttpError(415, 'Compressed bodies are not accepted.');
    }
  });
}

/**
 * The value of a JSON body.
 *
 * Of a repeated key the last one counts. Keys that JavaScript gives a meaning (`__proto__`, `constructor.prototype`)
 * are refused wherever they stand.
 *
 * @throws HttpError 400, in words that quote nothing of the body.
 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) throw new HttpError(400, 'The body is empty.');
  checkJsonShape(body, SHAPE_LIMITS);
  if (!isUtf8(body)) throw new HttpError(400, 'The JSON body is not UTF-8.');
  const value = parse(body.toString('utf8'));
  refusePrototypeKeys(value);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
}

/** Recursion is bounded by the depth limit. */
function refusePrototypeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__' || (key === 'constructor' && hasPrototypeKey(child))) {
      throw new HttpError(400, 'The JSON body holds a forbidden key.');
    }
    refusePrototypeKeys(child);
  }
}

const hasPrototypeKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
