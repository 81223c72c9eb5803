import { HttpError } from './http-error.ts';

/**
 * Caps on a JSON text's shape. Parsing time grows with the number of values, not with the length of a picture's
 * base64, so the shape is counted on bytes before anything is parsed.
 */
interface JsonShapeLimits {
  readonly depthMax: number;
  /** Strings, brackets, commas, colons, and escaped quotes. */
  readonly tokensMax: number;
  /** Bytes outside strings: numbers and white space included. */
  readonly bareBytesMax: number;
}

/** Where a string's content lies in the body: from `start` up to, not including, the closing quote at `end`. */
export interface StringExtent {
  readonly start: number;
  readonly end: number;
}

export interface JsonScanOptions {
  readonly limits: JsonShapeLimits;
  /** Strings of at least as many bytes are reported. */
  readonly longStringBytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);
const SEPARATORS = new Set([0x2c, 0x3a]);

/**
 * Refuses JSON whose shape is beyond the limits, and finds its long strings. Says nothing about whether it is valid.
 *
 * @returns the long strings, in order.
 * @throws HttpError 400.
 * @cost   strings are skipped at memory speed; a 5 MB picture costs well under a millisecond.
 */
export function scanJson(body: Buffer, { limits, longStringBytes }: JsonScanOptions): StringExtent[] {
  const count = { depth: 0, tokens: 0, bareBytes: 0 };
  const longStrings: StringExtent[] = [];
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) {
      const start = at + 1;
      at = endOfString(body, start, { count, limits });
      if (at - start >= longStringBytes) longStrings.push({ start, end: at });
    } else if (byte !== undefined) {
      countBareByte(byte, count);
    }
    refuseBeyond(limits, count);
  }
  return longStrings;
}

interface ShapeCount {
  depth: number;
  tokens: number;
  bareBytes: number;
}

interface Counting {
  readonly count: ShapeCount;
  readonly limits: JsonShapeLimits;
}

function refuseBeyond({ depthMax, tokensMax, bareBytesMax }: JsonShapeLimits, count: ShapeCount): void {
  if (count.depth > depthMax) throw new HttpError(400, 'The JSON body is nested too deeply.');
  if (count.tokens > tokensMax || count.bareBytes > bareBytesMax) {
    throw new HttpError(400, 'The JSON body is made of too many values.');
  }
}

function countBareByte(byte: number, count: ShapeCount): void {
  count.bareBytes++;
  if (OPENING.has(byte)) {
    count.depth++;
    count.tokens++;
  } else if (CLOSING.has(byte)) {
    count.depth--;
  } else if (SEPARATORS.has(byte)) {
    count.tokens++;
  }
}

/** Index of the closing quote; the end of the body where there is none, or once there are too many escaped quotes. */
function endOfString(body: Buffer, start: number, { count, limits }: Counting): number {
  let from = start;
  while (++count.tokens <= limits.tokensMax) {
    const quote = body.indexOf(QUOTE, from);
    if (quote < 0) break;
    if (!isEscaped(body, quote, from)) return quote;
    from = quote + 1;
  }
  return body.length;
}

/** A quote counts as escaped after an odd number of backslashes. */
function isEscaped(body: Buffer, quote: number, from: number): boolean {
  let first = quote;
  while (first > from && body[first - 1] === BACKSLASH) first--;
  return (quote - first) % 2 === 1;
}
