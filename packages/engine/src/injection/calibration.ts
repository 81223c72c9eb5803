/** A logistic regression on the standardised values of a reading and half their squares. */
export interface SignalFit {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Of the standardised values. */
  readonly slopes: readonly number[];
  /** Of half their squares: what is remarkable may be remarkable either way. */
  readonly curvatures: readonly number[];
  readonly bias: number;
}

/** Values further out than any seen in fitting count as this many deviations. */
const DEVIATIONS_MAX = 4;

/** No single signal has earned more than odds of 50 to 1. */
const LOG_RATIO_MAX = Math.log(50);

/** The terms that a fit weighs: the standardised values, then half their squares. */
export function termsOf(
  reading: readonly number[],
  { means, deviations }: Pick<SignalFit, 'means' | 'deviations'>,
): number[] {
  const standardised = reading.map((value, i) => {
    const z = (value - means[i]!) / deviations[i]!;
    return Math.min(DEVIATIONS_MAX, Math.max(-DEVIATIONS_MAX, z));
  });
  return [...standardised, ...standardised.map((z) => (z * z) / 2)];
}

/**
 * Natural logarithm of how many times likelier a manipulation makes the reading than an untouched picture does.
 *
 * @returns −3.9..3.9
 */
export function logLikelihoodRatio(reading: readonly number[], fit: SignalFit): number {
  const weights = [...fit.slopes, ...fit.curvatures];
  const sum = termsOf(reading, fit).reduce((total, term, i) => total + weights[i]! * term, fit.bias);
  return Math.min(LOG_RATIO_MAX, Math.max(-LOG_RATIO_MAX, sum));
}
