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
 * @param levels of {@link levelsOf}.
 * @source after Fridrich and Kodovský, Rich models for steganalysis, IEEE TIFS 7(3), 2012, and Cozzolino, Poggi and
 *         Verdoliva, Splicebuster, WIFS 2015.
 */
export function coOccurrence(levels: Uint8Array, { corners, side, width }: Blocks): number[] {
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

/** Residuals brought to steps: 0, 1 and 2 for about −1, 0 and 1 and whatever lies beyond. */
export function levelsOf(residual: Float32Array): Uint8Array {
  const levels = new Uint8Array(residual.length);
  for (let i = 0; i < levels.length; i++) {
    levels[i] = 1 + Math.min(1, Math.max(-1, Math.round(residual[i]! / STEP)));
  }
  return levels;
}
