import type { Affine } from '../geometry/affine.ts';
import type { Region } from './reduce.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Shrinks a region to half its sides: each pixel of the result is the mean of four. An odd last column or row is left
 * out.
 *
 * @param region inside the image, two pixels a side or more.
 * @returns      the small picture and the map from image coordinates to its own.
 * @cost         about 1.5 ns per pixel of the region, a third of the general reduction.
 */
export function halveRegion(
  { pixels, width }: RgbImage,
  region: Region,
): { readonly image: RgbImage; readonly fromImage: Affine } {
  const columns = region.width >> 1;
  const rows = region.height >> 1;
  const halved = new Uint8Array(3 * columns * rows);
  const stride = (3 * width) | 0;
  // `| 0` keeps the counters machine integers, which makes this loop several times faster.
  let o = 0;
  for (let row = 0; row < rows; row++) {
    let upper = (stride * (region.top + 2 * row) + 3 * region.left) | 0;
    const end = (o + 3 * columns) | 0;
    for (; o < end; o = (o + 3) | 0, upper = (upper + 6) | 0) {
      const lower = (upper + stride) | 0;
      halved[o] = (pixels[upper]! + pixels[upper + 3]! + pixels[lower]! + pixels[lower + 3]! + 2) >> 2;
      halved[o + 1] =
        (pixels[upper + 1]! + pixels[upper + 4]! + pixels[lower + 1]! + pixels[lower + 4]! + 2) >> 2;
      halved[o + 2] =
        (pixels[upper + 2]! + pixels[upper + 5]! + pixels[lower + 2]! + pixels[lower + 5]! + 2) >> 2;
    }
  }
  const fromImage = { a: 0.5, b: 0, c: -region.left / 2, d: 0, e: 0.5, f: -region.top / 2 };
  return { image: rgbImage(columns, rows, halved), fromImage };
}
