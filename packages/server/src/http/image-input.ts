import { isAscii } from 'node:buffer';
import { errors } from '../domain/errors.ts';
import type { EncodedText } from './encoded-text.ts';

/** A data URI's head is short; a longer one is not a picture's. */
const DATA_URI_HEAD_MAX = 256;

/** Letters decoded at a time, four for three bytes: strings as short as these lie in memory that is used again. */
const LETTERS_AT_ONCE = 32_768;

/**
 * The bytes of a base64 picture, with or without a data URI head.
 *
 * Strict (RFC 4648 section 4): the standard alphabet, full padding, no white space. The answer owns its memory, so it
 * can be moved to another thread.
 *
 * @param bytesMax  refused above this before anything is allocated.
 * @throws FaceError `image-empty`, `payload-too-large`, `image-unreadable`.
 * @cost   about 0.3 ms per megabyte; twice that for a text that is a string.
 */
export function decodeBase64Image(text: EncodedText, bytesMax: number): Uint8Array {
  // A string of more letters is refused before it is copied.
  if (decodedBytes(text.length) > bytesMax + DATA_URI_HEAD_MAX) throw errors.payloadTooLarge();
  const letters = withoutDataUriHead(typeof text === 'string' ? Buffer.from(text) : text.letters);
  if (letters.length === 0) throw errors.imageEmpty();
  const sizeBytes = decodedBytes(letters.length) - paddingOf(letters);
  if (sizeBytes > bytesMax) throw errors.payloadTooLarge();
  if (!Number.isInteger(sizeBytes) || hasForeignLetters(letters)) throw notBase64();
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  // What is not of the alphabet is skipped, and shows as missing bytes.
  if (decodeInto(bytes, letters) !== sizeBytes) throw notBase64();
  return bytes;
}

/** With the padding. */
const decodedBytes = (letters: number): number => (letters / 4) * 3;

/** @returns how many bytes came of it. */
function decodeInto(bytes: Buffer, letters: Buffer): number {
  let written = 0;
  for (let at = 0; at < letters.length; at += LETTERS_AT_ONCE) {
    written += bytes.write(letters.toString('latin1', at, at + LETTERS_AT_ONCE), written, 'base64');
  }
  return written;
}

/**
 * What Node's decoder takes though the standard does not: the URL-safe alphabet, and letters beyond ASCII, of which it
 * reads the low byte.
 */
const hasForeignLetters = (letters: Buffer): boolean =>
  letters.includes(MINUS) || letters.includes(UNDERSCORE) || !isAscii(letters);

const MINUS = 0x2d;
const UNDERSCORE = 0x5f;
const EQUALS = 0x3d;

function withoutDataUriHead(text: Buffer): Buffer {
  const head = text.toString('latin1', 0, DATA_URI_HEAD_MAX + 1);
  if (!head.startsWith('data:')) return text;
  const comma = head.indexOf(',');
  if (comma < 0 || !head.slice(0, comma).toLowerCase().endsWith(';base64')) throw notBase64();
  return text.subarray(comma + 1);
}

function paddingOf(letters: Buffer): number {
  if (letters.at(-1) !== EQUALS) return 0;
  return letters.at(-2) === EQUALS ? 2 : 1;
}

const notBase64 = () => errors.imageUnreadable('The image is not valid base64.');
