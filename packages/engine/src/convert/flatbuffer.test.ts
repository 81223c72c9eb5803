import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeFlatbuffer } from './flatbuffer.fixture.ts';
import { readFlatbuffer } from './flatbuffer.ts';

const file = writeFlatbuffer('TEST', {
  0: { int8: -3 },
  1: { int32: 100_000 },
  3: { text: 'name' },
  4: { int32s: [1, -2] },
  5: { table: { 2: { int32: 7 } } },
  6: { tables: [{ 0: { text: 'first' } }, {}] },
  7: { bytes: Uint8Array.of(9, 8) },
});

test('fields have the values that were written', () => {
  const root = readFlatbuffer(file, 'TEST');
  expect([root.int8(0), root.int32(1), root.text(3), root.int32s(4)]).toEqual([-3, 100_000, 'name', [1, -2]]);
  expect(root.table(5)?.int32(2)).toBe(7);
  expect(root.tables(6).map((table) => table.text(0))).toEqual(['first', '']);
  expect([...root.bytes(7)]).toEqual([9, 8]);
});

test('absent fields have their defaults', () => {
  const root = readFlatbuffer(file, 'TEST');
  expect([root.int32(2), root.int32(2, 1), root.int8(99, 4), root.flag(2)]).toEqual([0, 1, 4, false]);
  expect([root.text(2), root.int32s(2), root.tables(50), root.table(50)]).toEqual(['', [], [], undefined]);
});

test('a view of a pooled buffer reads the same', () => {
  const pool = Buffer.concat([Buffer.of(1, 2, 3), file]);
  expect([...readFlatbuffer(pool.subarray(3), 'TEST').bytes(7)]).toEqual([9, 8]);
});

test('another schema is refused', () => {
  expect(() => readFlatbuffer(file, 'TFL3')).toThrow(/no TFL3/);
});

test('broken files are refused or read, never more', () => {
  const visit = (bytes: Uint8Array): void => {
    const root = readFlatbuffer(bytes, 'TEST');
    root.text(3);
    root.int32s(4);
    root.table(5)?.int32(2);
    for (const table of root.tables(6)) table.text(0);
  };
  fc.assert(
    fc.property(
      fc.nat(file.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.nat(file.length),
      (at, to, end) => {
        const broken = file.slice(0, end);
        if (at < end) broken[at] = to;
        try {
          visit(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      },
    ),
  );
});
