import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../vocabulary/errors.ts';
import { decodeBase64 } from './base64.ts';

const LIMIT = { bytesMax: 1000 };
const ALPHABET = /^[A-Za-z0-9+/=]$/;

function codeOf(text: string, limit = LIMIT): string {
  try {
    decodeBase64(text, limit);
    return 'decoded';
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
}

describe('decodeBase64', () => {
  test('any bytes come back, with a data URI prefix and without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(decodeBase64(text, LIMIT)).toEqual(bytes);
        expect(decodeBase64(`data:image/svg+xml;base64,${text}`, LIMIT)).toEqual(bytes);
        expect(decodeBase64(`DATA:IMAGE/JPEG;BASE64,${text}`, LIMIT)).toEqual(bytes);
      }),
    );
  });

  test('one foreign character anywhere is refused', () => {
    const foreign = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((c) => !ALPHABET.test(c));
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 3, maxLength: 60 }),
        foreign,
        fc.nat(),
        (bytes, character, at) => {
          const text = Buffer.from(bytes).toString('base64');
          const place = at % text.length;
          expect(codeOf(text.slice(0, place) + character + text.slice(place))).toBe('image-unreadable');
          expect(codeOf(text.slice(0, place) + character + text.slice(place + 1))).toBe('image-unreadable');
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['white space', 'QUJD\nREVG'],
    ['the URL alphabet', 'QU-_'],
    ['letters that only look alike in their low byte', `QUJ${String.fromCharCode(0x144)}`],
    ['no padding', 'QUI'],
    ['too much padding', 'QUJD===='],
    ['padding alone', '===='],
    ['padding in the middle', 'QUI=QUJD'],
    ['a single letter', 'Q'],
    ['a data URI of something else', 'data:text/html;base64,QUJD'],
    ['a data URI that is not base64', 'data:image/png,QUJD'],
  ])('%s is refused', (_name, text) => {
    expect(codeOf(text)).toBe('image-unreadable');
  });

  test('left-over bits in the last letter are refused', () => {
    expect(codeOf('QQ==')).toBe('decoded');
    expect(codeOf('QR==')).toBe('image-unreadable');
    expect(codeOf('QUI=')).toBe('decoded');
    expect(codeOf('QUJ=')).toBe('image-unreadable');
  });

  test('nothing is empty, with a prefix or without', () => {
    expect(codeOf('')).toBe('image-empty');
    expect(codeOf('data:image/png;base64,')).toBe('image-empty');
  });

  test('the limit counts decoded bytes', () => {
    const text = Buffer.alloc(10).toString('base64');
    expect(codeOf(text, { bytesMax: 10 })).toBe('decoded');
    expect(codeOf(text, { bytesMax: 9 })).toBe('payload-too-large');
  });
});
