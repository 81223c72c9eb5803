import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesField,
  bytesOf,
  decodeMessage,
  encodeMessage,
  type Field,
  floatField,
  floatOf,
  integerField,
  integerOf,
  integersOf,
  messageField,
  nestedMessage,
  textField,
  textOf,
} from './protobuf.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.tuple(number, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })).map(([n, v]) => integerField(n, v)),
  fc.tuple(number, bytes).map(([n, v]) => bytesField(n, v)),
  fc.tuple(number, fc.float({ noNaN: true })).map(([n, v]) => floatField(n, v)),
);

test('a message reads back as it was written', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
      const read = decodeMessage(encodeMessage(fields));
      expect(encodeMessage(read)).toEqual(encodeMessage(fields));
      expect(read.map(({ number: n, wire }) => [n, wire])).toEqual(
        fields.map(({ number: n, wire }) => [n, wire]),
      );
    }),
  );
});

test('the wire bytes are those of the format', () => {
  // The examples of protobuf.dev: field 1 = 150; field 2 = "testing".
  expect([...encodeMessage([integerField(1, 150)])]).toEqual([0x08, 0x96, 0x01]);
  expect(Buffer.from(encodeMessage([textField(2, 'testing')])).toString('hex')).toBe('120774657374696e67');
  expect(encodeMessage([integerField(1, -1)])).toHaveLength(11);
});

test('nested messages, texts and integers are found by number', () => {
  const message = decodeMessage(
    encodeMessage([messageField(7, [textField(2, 'grün'), integerField(1, -5)])]),
  );
  const inner = nestedMessage(message[0]!);
  expect(textOf(inner, 2)).toBe('grün');
  expect(integerOf(inner, 1)).toBe(-5);
  expect([textOf(inner, 9), integerOf(inner, 9)]).toEqual(['', 0]);
});

test('a message cut short anywhere inside a field is an error', () => {
  const whole = encodeMessage([textField(1, 'abc'), floatField(2, 1.5), integerField(3, 300)]);
  const borders = new Set([0, 5, 10, whole.length]);
  for (let length = 0; length < whole.length; length++) {
    const cut = whole.subarray(0, length);
    if (borders.has(length)) expect(decodeMessage(cut).length).toBeLessThan(3);
    else expect(() => decodeMessage(cut)).toThrow(/ends inside/);
  }
});

test('groups and endless numbers are refused', () => {
  expect(() => decodeMessage(Uint8Array.of(0x0b))).toThrow(/wire type 3/);
  expect(() => decodeMessage(new Uint8Array(12).fill(0xff))).toThrow(/longer than 64 bits/);
});

test('arbitrary bytes are read or refused, never worse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
      try {
        expect(Array.isArray(decodeMessage(noise))).toBe(true);
      } catch (error) {
        expect(String(error)).toMatch(/protobuf/i);
      }
    }),
  );
});

test('integers read the same one by one and packed', () => {
  const integers = fc.array(fc.integer());
  fc.assert(
    fc.property(integers, (values) => {
      const single = values.map((value) => integerField(3, value));
      const packed = single.map((one) => encodeMessage([one]).subarray(1));
      expect(integersOf(single, 3)).toEqual(values);
      expect(integersOf([bytesField(3, Buffer.concat(packed))], 3)).toEqual(values);
    }),
  );
});

test('what is absent reads as nothing', () => {
  expect([floatOf([], 1), bytesOf([], 1), integersOf([], 1)]).toEqual([0, new Uint8Array(0), []]);
  expect(floatOf([floatField(1, 0.5)], 1)).toBe(0.5);
});
