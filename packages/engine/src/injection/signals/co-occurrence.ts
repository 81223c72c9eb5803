/** Values of 0..255 that one step of a residual spans. */
const STEP = 1.5;

/** Steps −1, 0 and 1: larger residuals count as the outermost. */
const LEVELS = 3;

const PATTERNS = LEVELS ** 3;

export interface Blocks {
  /** Top-left corners, as indices. */
  readonly corners: readonly number[];
  readonly side: number;
  /** Of the raster, px. */
  readonly width: number;
}

/**
 * How often three residuals in a row, each brought to one of three levels, occur together: shares of 14 patterns, a
 * pattern and its negative counted as one, rows and columns pooled.
 *
 * @source after Fridrich and Kodovský, Rich models for steganalysis, IEEE TIFS 7(3), 2012, and Cozzolino, Poggi and
 *         Verdoliva, Splicebuster, WIFS 2015.
 */
export function coOccurrence(residual: Float32Array, { corners, side, width }: Blocks): number[] {
  const levels = Uint8Array.from(
    residual,
    (value) => 1 + Math.min(1, Math.max(-1, Math.round(value / STEP))),
  );
  const counts = new Float64Array(PATTERNS);
  for (const corner of corners) {
    for (let y = 0; y < side - 2; y++) {
      const from = corner + y * width;
      for (let i = from; i < from + side - 2; i++) {
        counts[9 * levels[i]! + 3 * levels[i + 1]! + levels[i + 2]!]! += 1;
        counts[9 * levels[i]! + 3 * levels[i + width]! + levels[i + 2 * width]!]! += 1;
      }
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const last = PATTERNS - 1;
  return Array.from({ length: (PATTERNS + 1) / 2 }, (_, i) =>
    i === last - i ? counts[i]! / total : (counts[i]! + counts[last - i]!) / total,
  );
}
