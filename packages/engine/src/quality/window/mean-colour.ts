import type { RgbImage } from '../../image/rgb-image.ts';
import type { Rgb } from '../../vocabulary/shapes.ts';
import { extentOf, type Mask } from './polygon.ts';

/** A channel this bright has been cut off. */
const CUT_OFF_MIN = 250;

/** Less of a region than this that is not burnt out does not tell its colour. */
const SHARE_MIN = 0.2;

/** Mean of the pixels of some regions that are not burnt out; undefined when there are too few. */
export function meanColour({ pixels }: RgbImage, masks: readonly Mask[]): Rgb | undefined {
  let red = 0;
  let green = 0;
  let blue = 0;
  let count = 0;
  let total = 0;
  for (const mask of masks) {
    const { data } = mask;
    const { first, end } = extentOf(mask);
    for (let i = first; i < end; i++) {
      if (data[i] === 0) continue;
      total++;
      if (cutOffChannels(pixels, i) >= 2) continue;
      red += pixels[3 * i]!;
      green += pixels[3 * i + 1]!;
      blue += pixels[3 * i + 2]!;
      count++;
    }
  }
  return count === 0 || count < SHARE_MIN * total ? undefined : [red / count, green / count, blue / count];
}

/** Channels of the pixel with this index that over-exposure has cut off, 0..3. From two on its colour is lost. */
export function cutOffChannels(pixels: Uint8Array, i: number): number {
  const red = pixels[3 * i]! >= CUT_OFF_MIN ? 1 : 0;
  const green = pixels[3 * i + 1]! >= CUT_OFF_MIN ? 1 : 0;
  const blue = pixels[3 * i + 2]! >= CUT_OFF_MIN ? 1 : 0;
  return red + green + blue;
}
