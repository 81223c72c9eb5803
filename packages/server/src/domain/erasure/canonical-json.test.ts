import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('is the same for the same content, in whatever order it came', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), (content) => {
      const backwards = Object.fromEntries(Object.entries(content).toReversed());
      expect(canonicalJson(backwards)).toBe(canonicalJson(content));
    }),
  );
});

it('says all there is, and nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (content) => {
      expect(JSON.parse(canonicalJson(content))).toEqual(JSON.parse(JSON.stringify(content)));
    }),
  );
});

it('writes members in the order of their names, without white space', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x y' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x y","d":null}]}',
  );
});
