import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaceError } from '../domain/errors.ts';
import { AsciiText, type EncodedText } from './encoded-text.ts';
import { decodeBase64Image } from './image-input.ts';

const MAX = 1000;
const codeOf = (text: EncodedText, bytesMax = MAX): string => {
  try {
    decodeBase64Image(text, bytesMax);
    return 'accepted';
  } catch (error) {
    return error instanceof FaceError ? error.code : 'something else';
  }
};

/** RFC 4648 section 4, by the book. */
const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

describe('decodeBase64Image', () => {
  it('gives back the bytes, with and without a data URI head', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(Uint8Array.from(decodeBase64Image(text, MAX))).toEqual(bytes);
        expect(Uint8Array.from(decodeBase64Image(`data:image/jpeg;base64,${text}`, MAX))).toEqual(bytes);
      }),
    );
  });

  it('decodes long texts in pieces, from strings and from bytes', () => {
    const sizes = fc
      .integer({ min: 24_570, max: 24_580 })
      .chain((size) => fc.constantFrom(size, 2 * size, 5 * size));
    fc.assert(
      fc.property(sizes, fc.integer(), (size, seed) => {
        const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, at) => seed + at * 31));
        const text = bytes.toString('base64');
        for (const form of [text, new AsciiText(Buffer.from(text))]) {
          expect(bytes.equals(decodeBase64Image(form, 200_000))).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([32_767, 32_766, 32_768, 40_000])('refuses a foreign letter in a long text, at %d', (at) => {
    for (const letter of ['=', '-', '_', ' ', '\u00ff', '\u0141']) {
      const text = `${'A'.repeat(at)}${letter}${'A'.repeat(65_535 - at)}`;
      expect(codeOf(text, 100_000)).toBe('image-unreadable');
      expect(codeOf(new AsciiText(Buffer.from(text)), 100_000)).toBe('image-unreadable');
    }
  });

  it('accepts exactly the base64 of the standard', () => {
    const nearly = fc.string({
      unit: fc.constantFrom('A', 'z', '+', '/', '=', '-', '_', ' ', '\n', '!', '\u0141', '\u{1F600}', 'ÿ'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(nearly, (text) => {
        expect(codeOf(text) === 'accepted').toBe(STRICT.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['AAAA=', 'AAAAA', 'A===', '====', 'AA==AAAA', 'AAA=AAAA', 'AA\nAA', ' AAAA', 'AA-_', 'ŁAAA'])(
    'refuses %j as unreadable',
    (text) => {
      expect(codeOf(text)).toBe('image-unreadable');
    },
  );

  it.each(['', 'data:image/png;base64,'])('calls %j empty', (text) => {
    expect(codeOf(text)).toBe('image-empty');
  });

  it.each([
    'data:image/png,AAAA',
    'data:AAAA',
    `data:${'x'.repeat(300)};base64,AAAA`,
    'data:image/png;base64;AAAA',
  ])('refuses the data URI %j', (text) => {
    expect(codeOf(text)).toBe('image-unreadable');
  });

  it('measures the bytes, not the text, against the limit, and before looking at the text', () => {
    const text = Buffer.alloc(10).toString('base64');
    expect(codeOf(text, 10)).toBe('accepted');
    expect(codeOf(text, 9)).toBe('payload-too-large');
    expect(codeOf('!'.repeat(16), 9)).toBe('payload-too-large');
  });

  it('hands out memory of its own, so that moving it to a thread takes nothing else along', () => {
    const bytes = decodeBase64Image('AAAA', MAX);
    expect(bytes.buffer.byteLength).toBe(3);
  });
});
