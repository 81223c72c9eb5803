/** What the upper digit counts for; the kernel shifts by seven. */
const BASE_BITS = 7;
const HALF = 1 << (BASE_BITS - 1);

/**
 * The codes of probes, each as two digits of −64..64, code = 128 · upper + lower, as the matrix that rows are multiplied
 * with: a line for each dimension, in it the upper digits of all probes, then the lower ones.
 *
 * Digits so small keep the matrix product exact on processors whose 8-bit product adds pairs in 16 bits and clips:
 * 2 · 255 · 64 is below 2^15.
 *
 * @param codes  of each probe, −8191..8191.
 * @param width  probes there is room for; those beyond are zero.
 */
export function probeDigits(codes: readonly Int16Array[], width: number, padded: number): Int8Array {
  const digits = new Int8Array(padded * 2 * width);
  for (const [probe, ofProbe] of codes.entries()) {
    for (let i = 0, at = probe; i < padded; i++, at += 2 * width) {
      const code = ofProbe[i]!;
      const upper = (code + HALF) >> BASE_BITS;
      digits[at] = upper;
      digits[at + width] = code - (upper << BASE_BITS);
    }
  }
  return digits;
}
