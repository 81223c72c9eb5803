import { describe, expect, it } from 'vitest';
import { clusterBootstrap, wilson } from './interval.ts';

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
});
