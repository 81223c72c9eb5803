import type { OpponentRaster } from './opponent-raster.ts';

/** The value that a share of the values do not exceed. */
export const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

export const sorted = (values: Float32Array): Float32Array => values.slice().sort();

/** Natural logarithm of a quotient of levels 0..255; black is taken for 4, so that it does not decide alone. */
export const logRatio = (level: number, other: number): number => Math.log((level + 4) / (other + 4));

/** Median saturation of the pixels whose luminance lies between two shares of the darkest, 0..1. */
export function saturationBetween(
  { luminance, saturation }: OpponentRaster,
  levels: Float32Array,
  [from, to]: readonly [number, number],
): number {
  const [low, high] = [quantile(levels, from), quantile(levels, to)];
  const chosen = saturation.filter((_, i) => luminance[i]! >= low && luminance[i]! <= high);
  return quantile(chosen.sort(), 0.5);
}

/** As {@link logRatio}, of saturations. */
export const logSaturationRatio = (saturation: number, other: number): number =>
  Math.log((saturation + 0.02) / (other + 0.02));
