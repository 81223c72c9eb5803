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
  for (let y = 0, o = 0; y < height; y++) {
    const top = region.top + y * factor;
    const rows = Math.min(factor, region.height - y * factor);
    for (let x = 0; x < width; x++, o += 3) {
      const left = region.left + x * factor;
      const columns = Math.min(factor, region.width - x * factor);
      writeMean(image, { left, top, width: columns, height: rows }, { pixels, o });
    }
  }
  const shrink = { a: 1 / factor, b: 0, c: 0, d: 0, e: 1 / factor, f: 0 };
  const shift = { a: 1, b: 0, c: -region.left, d: 0, e: 1, f: -region.top };
  return { image: rgbImage(width, height, pixels), fromImage: compose(shrink, shift) };
}

interface PixelPlace {
  readonly pixels: Uint8Array;
  /** Index of its first value. */
  readonly o: number;
}

/** Writes the mean of a block. */
function writeMean(image: RgbImage, block: Region, { pixels: made, o }: PixelPlace): void {
  const { pixels } = image;
  // `| 0` keeps the counters machine integers, which makes this loop several times faster.
  const stride = (3 * image.width) | 0;
  const length = (3 * block.width) | 0;
  let start = (block.top * stride + 3 * block.left) | 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = block.height | 0; row > 0; row = (row - 1) | 0, start = (start + stride) | 0) {
    const end = (start + length) | 0;
    for (let p = start; p < end; p = (p + 3) | 0) {
      red = (red + pixels[p]!) | 0;
      green = (green + pixels[p + 1]!) | 0;
      blue = (blue + pixels[p + 2]!) | 0;
    }
  }
  const count = (block.width * block.height) | 0;
  const half = count >> 1;
  made[o] = ((red >>> 0) + half) / count;
  made[o + 1] = ((green >>> 0) + half) / count;
  made[o + 2] = ((blue >>> 0) + half) / count;
}
