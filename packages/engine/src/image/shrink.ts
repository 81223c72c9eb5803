import type { Affine } from '../geometry/affine.ts';
import type { Region } from './region.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/** First of the two columns and rows that are read of a block, and how far the second lies from it. */
const TAPS = { 2: { first: 0, gap: 1 }, 4: { first: 1, gap: 1 }, 8: { first: 2, gap: 3 } } as const;

/**
 * Shrinks a region to a half, a quarter or an eighth of its sides: each pixel of the result is the mean of four of its
 * block of 2×2, 4×4 or 8×8, spread about its middle. What does not fill a block at the right and bottom is left out.
 *
 * A quarter reads one pixel in four, an eighth one in sixteen. A face that large is smooth at that scale, so that nothing
 * aliases; the general reduction, which reads every pixel, takes ten times as long.
 *
 * @param region inside the image, one block a side or more.
 * @returns      the small picture and the map from image coordinates to its own.
 * @cost         about 10 ns per pixel of the result.
 */
export function shrinkRegion(
  { pixels, width }: RgbImage,
  region: Region,
  block: keyof typeof TAPS,
): { readonly image: RgbImage; readonly fromImage: Affine } {
  const columns = Math.floor(region.width / block);
  const rows = Math.floor(region.height / block);
  const shrunken = new Uint8Array(3 * columns * rows);
  const stride = (3 * width) | 0;
  const step = (3 * block) | 0;
  const { first, gap } = TAPS[block];
  const across = (3 * gap) | 0;
  // `| 0` keeps the counters machine integers, which makes this loop several times faster.
  let o = 0;
  for (let row = 0; row < rows; row++) {
    let upper = (stride * (region.top + block * row + first) + 3 * (region.left + first)) | 0;
    const end = (o + 3 * columns) | 0;
    for (; o < end; o = (o + 3) | 0, upper = (upper + step) | 0) {
      const lower = (upper + gap * stride) | 0;
      shrunken[o] =
        (pixels[upper]! + pixels[upper + across]! + pixels[lower]! + pixels[lower + across]! + 2) >> 2;
      shrunken[o + 1] =
        (pixels[upper + 1]! +
          pixels[upper + across + 1]! +
          pixels[lower + 1]! +
          pixels[lower + across + 1]! +
          2) >>
        2;
      shrunken[o + 2] =
        (pixels[upper + 2]! +
          pixels[upper + across + 2]! +
          pixels[lower + 2]! +
          pixels[lower + across + 2]! +
          2) >>
        2;
    }
  }
  const scale = 1 / block;
  const fromImage = { a: scale, b: 0, c: -region.left * scale, d: 0, e: scale, f: -region.top * scale };
  return { image: rgbImage(columns, rows, shrunken), fromImage };
}
