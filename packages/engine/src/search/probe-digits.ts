import { slackOf } from './certificate.ts';

/** What an upper digit counts for; the kernel shifts by seven. */
const BASE_BITS = 7;
const HALF = 1 << (BASE_BITS - 1);

/** How many digits of the probes' codes a batch multiplies: the upper ones alone, or both. */
export type DigitCount = 1 | 2;

/** Probes as rows are multiplied with them. */
export interface ProbeDigits {
  /** A line for each dimension, in it the upper digits of all probes, then the lower ones if there are two. */
  readonly digits: Int8Array;
  /** What is left out can add so much to a reach at most: a float32 for each probe. */
  readonly slacks: Float32Array;
}

/**
 * The codes of probes as digits of −64..64, code = 128 · upper + lower.
 *
 * Digits so small keep the matrix product exact on processors whose 8-bit product adds pairs in 16 bits and clips:
 * 2 · 255 · 64 is below 2^15.
 *
 * @param codes  of each probe, −8191..8191.
 * @param width  probes there is room for; those beyond are zero.
 */
export function probeDigits(
  codes: readonly Int16Array[],
  { width, padded, count }: { readonly width: number; readonly padded: number; readonly count: DigitCount },
): ProbeDigits {
  const digits = new Int8Array(padded * count * width);
  const slacks = new Float32Array(width);
  for (const [probe, ofProbe] of codes.entries()) {
    let leftOut = 0;
    for (let i = 0, at = probe; i < padded; i++, at += count * width) {
      const code = ofProbe[i]!;
      const upper = (code + HALF) >> BASE_BITS;
      const lower = code - (upper << BASE_BITS);
      digits[at] = upper;
      if (count === 2) digits[at + width] = lower;
      else leftOut += lower * lower;
    }
    slacks[probe] = slackOf(Math.sqrt(leftOut), padded);
  }
  return { digits, slacks };
}
