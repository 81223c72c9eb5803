import { type Affine, compose } from '../geometry/affine.ts';
import type { Region } from './region.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Shrinks a region by a whole factor: each pixel of the result is the mean of `factor`² pixels; at the right and bottom
 * edge of those that exist.
 *
 * @returns the small picture and the map from image coordinates to its own.
 * @cost    each pixel of the region is read once.
 */
export function reduceRegion(
  image: RgbImage,
  region: Region,
  factor: number,
): { readonly image: RgbImage; readonly fromImage: Affine } {
  const width = Math.ceil(region.width / factor);
  const height = Math.ceil(region.height / factor);
  const pixels = new Uint8Array(3 * width * height);
  const sums = new Uint32Array(3 * width);
  for (let y = 0; y < height; y++) {
    const top = y * factor;
    const rows = Math.min(factor, region.height - top);
    sums.fill(0);
    for (let r = 0; r < rows; r++) addRow(image, { ...region, top: region.top + top + r }, { sums, factor });
    for (let x = 0, o = 3 * width * y; x < width; x++, o += 3) {
      const count = rows * Math.min(factor, region.width - x * factor);
      const half = count >> 1;
      pixels[o] = (sums[3 * x]! + half) / count;
      pixels[o + 1] = (sums[3 * x + 1]! + half) / count;
      pixels[o + 2] = (sums[3 * x + 2]! + half) / count;
    }
  }
  const shrink = { a: 1 / factor, b: 0, c: 0, d: 0, e: 1 / factor, f: 0 };
  const shift = { a: 1, b: 0, c: -region.left, d: 0, e: 1, f: -region.top };
  return { image: rgbImage(width, height, pixels), fromImage: compose(shrink, shift) };
}

function addRow(
  { pixels, width }: RgbImage,
  row: Region,
  { sums, factor }: { sums: Uint32Array; factor: number },
): void {
  // `| 0` keeps the counters machine integers, which makes this loop several times faster.
  let p = (3 * (row.top * width + row.left)) | 0;
  const last = (p + 3 * row.width) | 0;
  const block = (3 * factor) | 0;
  for (let o = 0; p < last; o = (o + 3) | 0) {
    const end = Math.min(p + block, last) | 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (; p < end; p = (p + 3) | 0) {
      red = (red + pixels[p]!) | 0;
      green = (green + pixels[p + 1]!) | 0;
      blue = (blue + pixels[p + 2]!) | 0;
    }
    sums[o]! += red;
    sums[o + 1]! += green;
    sums[o + 2]! += blue;
  }
}
