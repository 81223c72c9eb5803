import { expect, it } from 'vitest';
import { exactAreaInterval, exactShareInterval } from './exact-interval.ts';

it.each([
  [0, 1, 0, 0.975],
  [1, 1, 0.025, 1],
  [2, 2, 0.1581, 1],
  [5, 10, 0.1871, 0.8129],
  [1, 20, 0.0013, 0.2487],
])('the exact interval of %i of %i is the published one', (successes, trials, low, high) => {
  const interval = exactShareInterval(successes, trials);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('an area of few pictures is as sure as its pairs without a common picture', () => {
  expect(exactAreaInterval(1, { genuine: 2, manipulated: 3 })).toEqual(exactShareInterval(2, 2));
  const { low, high } = exactAreaInterval(0.75, { genuine: 2, manipulated: 2 });
  expect(low).toBe(exactShareInterval(1, 2).low);
  expect(high).toBe(1);
});
