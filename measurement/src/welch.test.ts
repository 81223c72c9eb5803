import { expect, test } from 'vitest';
import { randomSequence } from './random-sequence.ts';
import { welch } from './welch.ts';

// Means 2 and 4, variances 1 and 4: t = −2 / √(1/3 + 4/3).
test('counts the standard errors between two means', () => {
  expect(welch([1, 2, 3], [2, 4, 6])).toMatchObject({ value: expect.closeTo(-1.5492, 4), n: 6 });
});

const drawn = (seed: number, n: number, shift = 0): number[] => {
  const random = randomSequence(seed);
  return Array.from({ length: n }, () => random() + shift);
};

test('tells samples apart whose means differ, and no others', () => {
  expect(Math.abs(welch(drawn(1, 10_000), drawn(2, 10_000)).value)).toBeLessThan(4.5);
  expect(welch(drawn(1, 10_000, 0.05), drawn(2, 10_000)).value).toBeGreaterThan(4.5);
});

test('one value is no sample', () => expect(() => welch([1], [1, 2])).toThrow(RangeError));
