import { describe, expect, it } from 'vitest';
import { bootstrap, clusterBootstrap, wilson } from './interval.ts';

describe('intervals', () => {
  it('give the published Wilson bounds', () => {
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20).low).toBe(0);
  });

  it('widen when errors come from one subject', () => {
    const spread = (clusters: { successes: number; trials: number }[]) => {
      const { low, high } = clusterBootstrap(clusters);
      return high - low;
    };
    const even = Array.from({ length: 50 }, () => ({ successes: 2, trials: 20 }));
    const uneven = even.map((_, index) => ({ successes: index < 5 ? 20 : 0, trials: 20 }));
    expect(spread(uneven)).toBeGreaterThan(spread(even) + 0.05);
  });

  it('follow any statistic of the clusters drawn, and come out the same each time', () => {
    const values = Array.from({ length: 400 }, (_, index) => index / 400);
    const mean = (timesDrawn: Uint16Array) =>
      values.reduce((sum, value, index) => sum + value * (timesDrawn[index] ?? 0), 0) / values.length;
    const { low, high } = bootstrap(values.length, mean);
    // The standard error of the mean of 400 uniform values is 0.0144.
    expect(low).toBeCloseTo(0.499 - 1.96 * 0.0144, 2);
    expect(high).toBeCloseTo(0.499 + 1.96 * 0.0144, 2);
    expect(bootstrap(values.length, mean)).toEqual({ low, high });
  });
});
