import { Z95 } from './interval.ts';
import type { Estimate } from './median.ts';

/**
 * Welch's t: by how many standard errors the means of two samples differ. Its own standard error is about 1, from which
 * the 95 % interval follows. `n` counts both samples.
 *
 * @throws  RangeError with fewer than two values in a sample.
 * @source  B. L. Welch, Biometrika 34, 1947. Beyond ±4.5 two samples of durations count as told apart: Goodwill et al.,
 *          "A testing methodology for side channel resistance validation", 2011.
 */
export function welch(first: readonly number[], second: readonly number[]): Estimate {
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const value = (a.mean - b.mean) / Math.sqrt(a.variance / a.n + b.variance / b.n);
  return { value, n: a.n + b.n, low: value - Z95, high: value + Z95 };
}

function momentsOf(values: readonly number[]): { n: number; mean: number; variance: number } {
  const n = values.length;
  if (n < 2) throw new RangeError('A variance needs at least two values.');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { n, mean, variance };
}
