import type { Interval } from './interval.ts';

/** A figure from `n` values, with its 95 % interval. */
export interface Estimate extends Interval {
  readonly value: number;
  readonly n: number;
}

/**
 * Median with a 95 % interval between two order statistics: assumes nothing about the shape of the distribution, so
 * a few measurements spoilt by other work on the machine do not widen it.
 *
 * With fewer than six values no pair of them reaches 95 %; the interval is then the whole range.
 *
 * @throws  RangeError without values.
 * @source  the number of values below the median is binomial(n, ½).
 */
export function median(values: readonly number[]): Estimate {
  if (values.length === 0) throw new RangeError('A median needs at least one value.');
  // Zero loses its sign, which sorting would leave where it found it.
  const sorted = values.map((value) => value + 0).sort((a, b) => a - b);
  const n = sorted.length;
  const rank = lowerRank(n);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const value = (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2;
  return { value, n, low: at(rank), high: at(n - 1 - rank) };
}

/**
 * Median of the quotients of paired measurements. Two measurements taken one right after the other share the weather
 * of the machine; their quotient does not.
 *
 * @param pairs  numerator and denominator, of one round each.
 */
export function medianRatio(pairs: readonly (readonly [number, number])[]): Estimate {
  return median(pairs.map(([above, below]) => above / below));
}

/** Largest zero-based rank whose symmetric interval still covers the median with probability ≥ 0.95. */
function lowerRank(n: number): number {
  let tail = 0;
  // Of thousands of values the first probabilities are too small for a number, but not their logarithms.
  let logProbability = n * Math.log(0.5);
  for (let k = 0; k < n; k++) {
    tail += Math.exp(logProbability);
    if (tail > 0.025) return Math.max(0, k - 1);
    logProbability += Math.log((n - k) / (k + 1));
  }
  return 0;
}
