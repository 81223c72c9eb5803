import type { RgbImage } from '../../image/rgb-image.ts';
import { extentOf, type Mask } from './polygon.ts';

/**
 * Luma of every pixel, 0..255.
 *
 * @source ITU-R BT.601 weights, in 256ths.
 */
export function luminanceOf({ width, height, pixels }: RgbImage): Uint8Array {
  const luminance = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < luminance.length; i++, p += 3) {
    luminance[i] = (77 * pixels[p]! + 150 * pixels[p + 1]! + 29 * pixels[p + 2]! + 128) >> 8;
  }
  return luminance;
}

/** How often each luminance occurs inside a region. */
export interface Histogram {
  /** 256 counts. */
  readonly counts: Uint32Array;
  readonly total: number;
}

export function histogramOf(luminance: Uint8Array, region: Mask): Histogram {
  const { data } = region;
  const { first, end } = extentOf(region);
  const counts = new Uint32Array(256);
  let total = 0;
  for (let i = first; i < end; i++) {
    if (data[i] === 0) continue;
    counts[luminance[i]!]!++;
    total++;
  }
  return { counts, total };
}

/** Share of the pixels with a luminance from..to, both included. */
export function shareBetween({ counts, total }: Histogram, from: number, to: number): number {
  return counts.subarray(from, to + 1).reduce((sum, count) => sum + count, 0) / total;
}

/** The luminance that a share of the pixels do not exceed, 0..255. */
export function quantileOf({ counts, total }: Histogram, share: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value]!;
    if (seen >= share * total) return value;
  }
  return 255;
}

export function meanOf({ counts, total }: Histogram): number {
  return counts.reduce((sum, count, value) => sum + count * value, 0) / total;
}
