/**
 * Why the answer is exact.
 *
 * A row x is kept as codes c with a step s, a probe p as codes with a step t; write x̂ = s·c and p̂ for what they stand
 * for. The kernel computes ⟨p̂, x̂⟩ and the true score is
 *
 *     ⟨p, x⟩ = ⟨p̂, x̂⟩ + ⟨p, x − x̂⟩ + ⟨p − p̂, x̂⟩
 *
 * By Cauchy and Schwarz the second term is at most ‖p‖·‖x − x̂‖ and the third at most ‖p − p̂‖·‖x̂‖. Each row's error
 * ‖x − x̂‖ is stored and the kernel adds the second bound; the third is one number for all rows, the probe's margin.
 * So the score cannot exceed `reach · t + margin`, and a row whose bound lies below the k-th best exact score found need
 * not be looked at. A batch may leave the lower digits q of a probe's codes out and add ‖q‖·‖x̂‖ instead, at most its
 * slack: its reaches bound the same scores from further above. What rounding can add is far below
 * {@link ROUNDING_SLACK}, which the margin contains.
 *
 * @module
 */

/** Vectors are taken as of unit length when their length differs from 1 by less than this. */
export const LENGTH_TOLERANCE = 1e-3;
export const DIMENSION_MAX = 4096;
/** Row codes lie in −127..127. */
export const ROW_LEVELS = 127;

/**
 * The kernels round to float32 six times at most on numbers below 1.6 in score units (conversion, two products, two sums;
 * the weight is rounded up), at most 4e-7 together; the double sums behind errors and scores add less than 1e-11.
 */
const ROUNDING_SLACK = 2 ** -20;

/**
 * Levels of a probe's codes: as many as two digits hold (see `probe-digits.ts`), while no sum can leave int32.
 */
export function probeLevels(padded: number): number {
  return Math.min(8191, Math.floor((2 ** 31 - 1) / (ROW_LEVELS * padded)));
}

/**
 * What to add to a row's reach, in score units, before it bounds the score from above.
 *
 * @param probeError  ‖p − p̂‖.
 */
export function marginOf(probeError: number, padded: number): number {
  return probeError * codedLengthMax(padded) + ROUNDING_SLACK;
}

/**
 * What leaving out a part of a probe's codes can take from a row's reach at most.
 *
 * @param length  of the part, in steps of the probe.
 * @returns a float32, rounded up.
 */
export function slackOf(length: number, padded: number): number {
  return float32AtLeast(length * codedLengthMax(padded));
}

/** Largest ‖x̂‖. */
function codedLengthMax(padded: number): number {
  const lengthMax = 1 + LENGTH_TOLERANCE;
  // A code is off by half a step, and a step is the largest value over ROW_LEVELS.
  const rowErrorMax = (Math.sqrt(padded) * lengthMax) / (2 * ROW_LEVELS);
  return lengthMax + rowErrorMax;
}

/**
 * The reach above which a row can score `scoreMin` or more. A little too low rather than too high, since the kernel takes
 * it as a float32 and lets only greater reaches pass.
 */
export function reachToScore(scoreMin: number, { step, margin }: { step: number; margin: number }): number {
  const reach = (scoreMin - margin) / step;
  return reach - Math.abs(reach) * 2 ** -20 - 2 ** -20;
}

/** A float32 not below `value` ≥ 0. */
export function float32AtLeast(value: number): number {
  const rounded = Math.fround(value * (1 + 2 ** -22));
  return rounded >= value ? rounded : Math.fround(value + 2 ** -126);
}
