import type { Interval } from '@facegate/measurement';

/** Of 95 % on either side. */
const TAIL = 0.025;

/** Halvings of 0..1: beyond float64's digits of a share. */
const HALVINGS = 60;

/**
 * Exact 95 % interval of a share of few trials.
 *
 * @source Clopper and Pearson, Biometrika 26, 1934.
 */
export const exactShareInterval = (successes: number, trials: number): Interval => ({
  low: successes === 0 ? 0 : shareWhere((share) => 1 - cumulative(successes - 1, trials, share) >= TAIL),
  high: successes === trials ? 1 : shareWhere((share) => cumulative(successes, trials, share) <= TAIL),
});

/**
 * 95 % interval of an area under the ROC curve of few trials: that of a share of as many pairs of which none shares a
 * picture with another, the area rounded outwards to whole pairs. Other pairs are left out, as they are not independent.
 */
export function exactAreaInterval(
  area: number,
  { genuine, manipulated }: { readonly genuine: number; readonly manipulated: number },
): Interval {
  const pairs = Math.min(genuine, manipulated);
  const { low } = exactShareInterval(Math.floor(area * pairs), pairs);
  const { high } = exactShareInterval(Math.ceil(area * pairs), pairs);
  return { low, high };
}

/** The smallest share from which on something holds. */
function shareWhere(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Probability of at most so many successes. */
function cumulative(successes: number, trials: number, share: number): number {
  let sum = 0;
  let ways = 1;
  for (let k = 0; k <= successes; k++) {
    sum += ways * share ** k * (1 - share) ** (trials - k);
    ways = (ways * (trials - k)) / (k + 1);
  }
  return sum;
}
