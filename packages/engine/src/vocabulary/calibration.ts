import { type ComparisonScore, type FalseMatchRate, falseMatchRate } from './units.ts';

/** Score ↔ false match rate of one pack, measured on development data. */
export interface Calibration {
  /** Name of the data set the table was read from. */
  readonly dataset: string;
  /** ISO date of the measurement. */
  readonly measuredOn: string;
  /** Number of non-mated comparisons behind it. */
  readonly nonMatedComparisons: number;
  /** Descending false match rate, ascending score. The first is the median of the non-mated scores or above. */
  readonly anchors: readonly { readonly falseMatchRate: number; readonly score: number }[];
}

/** Beyond the last measured anchor the logarithm falls on in a straight line to this rate at score 1. */
const FALSE_MATCH_RATE_AT_IDENTITY = 1e-12;

/**
 * The share of non-mated comparisons expected to score at least this high.
 *
 * Linear in log10(rate) between anchors; rate 1 at score −1 and 1e-12 at score 1, so the map is strictly monotone.
 */
export function falseMatchRateAt(calibration: Calibration, score: ComparisonScore): FalseMatchRate {
  const line = logRateLine(calibration);
  return falseMatchRate(10 ** interpolate(line, score));
}

/** The score whose expected false match rate is `rate` (inverse of {@link falseMatchRateAt}). */
export function scoreAt(calibration: Calibration, rate: number): ComparisonScore {
  const line = logRateLine(calibration).map(({ x, y }) => ({ x: -y, y: x }));
  return interpolate(line, -Math.log10(rate)) as ComparisonScore;
}

interface Knot {
  readonly x: number;
  readonly y: number;
}

function logRateLine(calibration: Calibration): Knot[] {
  const measured = calibration.anchors.map((a) => ({ x: a.score, y: Math.log10(a.falseMatchRate) }));
  return [{ x: -1, y: 0 }, ...measured, { x: 1, y: Math.log10(FALSE_MATCH_RATE_AT_IDENTITY) }];
}

/** Piecewise linear through knots of ascending x; clamped at both ends. */
export function interpolate(knots: readonly Knot[], x: number): number {
  const first = knots[0]!;
  if (x <= first.x) return first.y;
  for (let i = 1; i < knots.length; i++) {
    const right = knots[i]!;
    if (x > right.x) continue;
    const left = knots[i - 1]!;
    return left.y + ((x - left.x) / (right.x - left.x)) * (right.y - left.y);
  }
  return knots[knots.length - 1]!.y;
}
