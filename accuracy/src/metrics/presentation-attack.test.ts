import { expect, test } from 'vitest';
import { areaBySubject, areaUnderCurve } from './area-under-curve.ts';
import { fitLogOdds } from './logistic-regression.ts';

test('the area is the share of pairs in the right order, ties counting half', () => {
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(0);
  expect(areaUnderCurve([1, 3], [1, 2])).toBe(2.5 / 4);
  expect(areaUnderCurve([5, 5, 5], [5, 5])).toBe(0.5);
});

test('the interval over subjects holds the area', () => {
  const subjects = Array.from({ length: 40 }, (_, i) => ({ positive: [1 + (i % 7)], negative: [i % 5] }));
  const { value, low, high } = areaBySubject(subjects);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

test('log-odds come back that labels were counted from', () => {
  // At value x, positives are e^(2x − 1) times as many as negatives.
  const trials = [-1, 0, 1, 2].flatMap((x) => [
    { values: [x, 0.3], isPositive: true, weight: Math.exp(2 * x - 1) },
    { values: [x, 0.3], isPositive: false, weight: 1 },
  ]);
  const { bias, weights } = fitLogOdds(trials, { ridge: 0 });
  expect(weights[0]).toBeCloseTo(2, 2);
  expect(weights[1]).toBe(0);
  const balance = Math.log([-1, 0, 1, 2].reduce((sum, x) => sum + Math.exp(2 * x - 1), 0) / 4);
  expect(bias).toBeCloseTo(-1 - balance, 2);
});

test('weights keep within their bounds', () => {
  const trials = [0, 1, 2, 3].map((x) => ({ values: [x, -x], isPositive: x > 1 }));
  const { weights } = fitLogOdds(trials, { bounds: { low: 0, high: 0.4 } });
  expect(weights[0]).toBeCloseTo(0.4);
  expect(weights[1]).toBeCloseTo(0);
});
