import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns } from './columns.ts';
import { formatBytes, formatRate } from './numbers.ts';

test('columns are as wide as their widest cell', () => {
  expect(
    columns([
      ['a', 'bb', 'c'],
      ['aaa', 'b'],
    ]),
  ).toBe('a    bb  c\naaa  b');
});

test('every line starts its second column at the same place', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 8 }), (rows) => {
      const lines = columns(rows).split('\n');
      const start = Math.max(...rows.map(([first]) => first.length)) + 2;
      lines.forEach((line, i) => {
        expect(line.slice(start)).toBe(rows[i]![1]);
      });
    }),
  );
});

test.each([
  [0.5, '0.5'],
  [0.0123, '0.012'],
  [0.001, '1.0e-3'],
  [4.23e-6, '4.2e-6'],
  [1, '1'],
])('the rate %f is written %s', (rate, text) => expect(formatRate(rate)).toBe(text));

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_500_000, '1.4 MiB'],
  [5 * 1024 ** 4, '5120.0 GiB'],
])('%d bytes are written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
