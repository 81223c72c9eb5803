import { expect, it } from 'vitest';
import { areaUnderCurve } from './auc.ts';

const trials = (negatives: readonly number[], positives: readonly number[]) => [
  ...negatives.map((score, i) => ({ subject: `n${i}`, score, isPositive: false })),
  ...positives.map((score, i) => ({ subject: `p${i}`, score, isPositive: true })),
];

it('is the share of pairs in the right order, ties counting half', () => {
  // Of nine pairs six are right, two tied, one wrong.
  expect(areaUnderCurve(trials([1, 2, 3], [2, 3, 4])).value).toBeCloseTo((6 + 2 / 2) / 9, 9);
});

it('is 1 where the classes lie apart, and its interval says so', () => {
  expect(areaUnderCurve(trials([0, 1, 2], [3, 4, 5, 6]))).toMatchObject({ value: 1, n: 7, high: 1 });
});

it('has a half in its interval where nothing tells the classes apart', () => {
  const same = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
  const { value, low, high } = areaUnderCurve(trials(same, same));
  expect(value).toBeCloseTo(0.5, 9);
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(0.5);
});
