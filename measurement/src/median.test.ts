import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, medianRatio } from './median.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('the median of an even number of values lies between the two middle ones', () => {
  expect(median([4, 1, 3, 2]).value).toBe(2.5);
  expect(median([3, 1, 2]).value).toBe(2);
});

// Ranks (one-based) from the binomial table: n = 10 → 2nd and 9th, n = 20 → 6th and 15th, n = 30 → 10th and 21st, n = 10000 → 4902nd and
// 5099th.
test.each([
  [6, 1, 6],
  [10, 2, 9],
  [20, 6, 15],
  [25, 8, 18],
  [30, 10, 21],
  [10_000, 4902, 5099],
])('of %d values the interval runs from the %d. to the %d.', (n, low, high) => {
  expect(median(upTo(n))).toMatchObject({ n, low, high });
});

test('few values are reported with their whole range', () => {
  expect(median([5, 9, 7])).toEqual({ value: 7, n: 3, low: 5, high: 9 });
  expect(median([5])).toEqual({ value: 5, n: 1, low: 5, high: 5 });
});

test('no values are an error', () => expect(() => median([])).toThrow(RangeError));

test('the interval holds the median, whatever the values and their order', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(values, (list) => {
      const { value, low, high } = median(list);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(median([...list].reverse())).toEqual(median(list));
    }),
  );
});

test('two zeros are one value, whatever their signs and order', () => {
  expect(median([0, -0])).toEqual({ value: 0, n: 2, low: 0, high: 0 });
  expect(median([-0, 0])).toEqual({ value: 0, n: 2, low: 0, high: 0 });
});

test('one spoilt measurement among many moves neither median nor interval much', () => {
  const quiet = upTo(30);
  expect(median([...quiet.slice(0, 29), 1e9])).toMatchObject({ value: 15.5, low: 10, high: 21 });
});

test('a ratio is taken pair by pair', () => {
  expect(
    medianRatio([
      [2, 1],
      [200, 100],
      [6, 3],
    ]),
  ).toMatchObject({ value: 2, low: 2, high: 2 });
});
