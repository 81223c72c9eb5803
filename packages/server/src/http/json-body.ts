import { isAscii, isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AsciiText } from './encoded-text.ts';
import { HttpError } from './http-error.ts';
import { type JsonScanOptions, type StringExtent, scanJson } from './json-shape.ts';

/** From this length on it pays to take a string around the JSON parser. */
const LONG_STRING_BYTES = 16_384;

const SCAN: JsonScanOptions = {
  limits: { depthMax: 32, tokensMax: 100_000, bareBytesMax: 1_048_576 },
  longStringBytes: LONG_STRING_BYTES,
};

export interface JsonBodyOptions {
  /** Names of fields that hold encoded pictures, alone or in a list: long ones become {@link AsciiText}. */
  readonly encodedFields: ReadonlySet<string>;
}

/**
 * Makes JSON the only body this scope reads: no text, no forms, no compressed bodies (a few kilobytes of gzip can hold
 * a gigabyte).
 */
export function acceptJsonOnly(app: FastifyInstance, options: JsonBodyOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    // Several client libraries name the type of a body that a DELETE does not have.
    async (request: FastifyRequest, body: Buffer) =>
      request.method === 'DELETE' && body.length === 0 ? undefined : parseJsonBody(body, options),
  );
  refuseCompression(app);
}

/** For this scope. */
export function refuseCompression(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity') {
      throw new HttpError(415, 'Compressed bodies are not accepted.');
    }
  });
}

/**
 * The value of a JSON body: what `JSON.parse` gives, but that a picture's text stays where it lies.
 * (Control characters in strings above 16 KiB are let pass; base64 is checked where it is decoded.)
 *
 * Of a repeated key the last one counts. Keys that JavaScript gives a meaning (`__proto__`, `constructor.prototype`)
 * are refused wherever they stand.
 *
 * @throws HttpError 400, in words that quote nothing of the body.
 * @cost   about a tenth of a millisecond per megabyte of base64.
 */
export function parseJsonBody(body: Buffer, { encodedFields }: JsonBodyOptions): unknown {
  if (body.length === 0) throw new HttpError(400, 'The body is empty.');
  const plain = scanJson(body, SCAN).filter((extent) => isPlain(body, extent));
  const { skeleton, texts } = liftStrings(body, plain);
  if (!isUtf8(skeleton)) throw new HttpError(400, 'The JSON body is not UTF-8.');
  return settle(parse(skeleton.toString('utf8')), false, { texts, encodedFields });
}

const BACKSLASH = 0x5c;

/** Stands for its text byte by byte. */
function isPlain(body: Buffer, { start, end }: StringExtent): boolean {
  const content = body.subarray(start, end);
  return end < body.length && isAscii(content) && !content.includes(BACKSLASH);
}

interface LiftedJson {
  /** The body with a stand-in for every text taken out. */
  readonly skeleton: Buffer;
  /** By stand-in. */
  readonly texts: ReadonlyMap<string, AsciiText>;
}

/** A stand-in is unguessable, so that no caller can name another string's. */
function liftStrings(body: Buffer, extents: readonly StringExtent[]): LiftedJson {
  if (extents.length === 0) return { skeleton: body, texts: new Map() };
  const texts = new Map<string, AsciiText>();
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { start, end } of extents) {
    const standIn = randomUUID();
    texts.set(standIn, new AsciiText(body.subarray(start, end)));
    pieces.push(body.subarray(from, start), Buffer.from(standIn));
    from = end;
  }
  pieces.push(body.subarray(from));
  return { skeleton: Buffer.concat(pieces), texts };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not valid JSON.');
  }
}

type Settling = JsonBodyOptions & Pick<LiftedJson, 'texts'>;

/**
 * Puts the texts back and refuses forbidden keys. Recursion is bounded by the depth limit.
 *
 * @param isEncoded  whether the value is that of an encoded field.
 */
function settle(value: unknown, isEncoded: boolean, settling: Settling): unknown {
  const { texts, encodedFields } = settling;
  if (typeof value === 'string') {
    const text = texts.get(value) ?? value;
    return isEncoded ? text : String(text);
  }
  if (Array.isArray(value)) return value.map((child) => settle(child, isEncoded, settling));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([key, child]) => isForbidden(key, child))) {
    throw new HttpError(400, 'The JSON body holds a forbidden key.');
  }
  return Object.fromEntries(
    entries.map(([key, child]) => {
      const settled = settle(child, encodedFields.has(key), settling);
      return [String(texts.get(key) ?? key), settled] as const;
    }),
  );
}

const isForbidden = (key: string, value: unknown): boolean =>
  key === '__proto__' || (key === 'constructor' && hasPrototypeKey(value));

const hasPrototypeKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
