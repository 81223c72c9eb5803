import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AsciiText } from './encoded-text.ts';
import { parseJsonBody } from './json-body.ts';

const OPTIONS = { encodedFields: new Set(['picture']) };
const parseBytes = (body: Buffer) => parseJsonBody(body, OPTIONS);
const parse = (text: string) => parseBytes(Buffer.from(text));
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJsonBody', () => {
  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads long strings, plain or not, as values and as keys', () => {
    const content = fc.constantFrom('QUJD', 'ü', '\\', '"', '\u0000', '{[', '😀');
    const long = fc.tuple(content, fc.integer({ min: 5_000, max: 9_000 })).map(([unit, n]) => unit.repeat(n));
    fc.assert(
      fc.property(fc.array(fc.oneof(long, fc.string()), { maxLength: 5 }), long, (texts, key) => {
        const value = { texts, [key]: texts.length, again: [{ texts }] };
        expect(parse(JSON.stringify(value))).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the long plain texts of encoded fields in their bytes, alone and in a list', () => {
    const text = 'QUJD'.repeat(5_000);
    const value = { picture: text, other: text, deep: [{ picture: [text, 'short', 7, `${text}\n`] }] };
    const parsed = parse(JSON.stringify(value)) as {
      picture: unknown;
      other: unknown;
      deep: { picture: unknown[] }[];
    };
    const kinds = [parsed.picture, parsed.other, ...(parsed.deep[0]?.picture ?? [])].map(
      (read) => (read instanceof AsciiText && 'bytes') || typeof read,
    );
    expect(kinds).toEqual(['bytes', 'string', 'bytes', 'string', 'number', 'string']);
    expect(JSON.stringify(parsed) === JSON.stringify(value)).toBe(true);
  });

  it('reads base64 whose slashes are escaped, as PHP writes it', () => {
    const base64 = 'A/+/'.repeat(10_000);
    const text = JSON.stringify({ data: base64 }).replaceAll('/', '\\/');
    expect(parse(text)).toEqual({ data: base64 });
  });

  it('refuses a long string that does not end, and one cut by the end of the body', () => {
    expect(() => parse(`{"a":"${'A'.repeat(20_000)}`)).toThrow('not valid JSON');
    expect(() => parse(`{"a":"${'A'.repeat(20_000)}"`)).toThrow('not valid JSON');
  });

  it('refuses a long string that is not UTF-8', () => {
    const body = Buffer.from(`["${'A'.repeat(20_000)}"]`);
    body[9_000] = 0xff;
    expect(() => parseBytes(body)).toThrow('not UTF-8');
  });

  it('counts depth outside strings only', () => {
    expect(parse(nested(32))).toBeDefined();
    expect(() => parse(nested(33))).toThrow('nested too deeply');
    const text = JSON.stringify({ text: `${'['.repeat(100)}"\\"${'{'.repeat(100)}\\` });
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['values', `[${'0,'.repeat(100_001)}0]`],
    ['keys', `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":0`).join(',')}}`],
    ['escaped quotes', `"${'\\"'.repeat(200_000)}"`],
    ['digits', '1'.repeat(1_048_577)],
    ['white space', ' '.repeat(1_048_577)],
  ])('refuses more %s than any request needs', (_name, text) => {
    expect(() => parse(text)).toThrow('too many values');
  });

  it.each(['', '{', '{"a":1', '"open', '{"a":1}}', '{a:1}', 'NaN', "{'a':1}", '\u0000', '[1,]'])(
    'refuses %j with 400',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ statusCode: 400 }));
    },
  );

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseBytes(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toThrow('not UTF-8');
  });

  it.each(['{"__proto__":{}}', '{"a":[{"\\u005f_proto__":1}]}', '{"constructor":{"prototype":{}}}'])(
    'refuses the forbidden key in %s',
    (text) => {
      expect(() => parse(text)).toThrow('forbidden key');
    },
  );

  it('never quotes the body in its complaint', () => {
    expect(() => parse('{"image":"SECRETPICTURE" oops')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('SECRET') }),
    );
  });
});
