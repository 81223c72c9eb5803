import type { RgbImage } from '../../image/rgb-image.ts';
import type { Rgb } from '../../vocabulary/shapes.ts';
import type { Mask } from './polygon.ts';

/** Mean of the pixels of some regions; undefined when they are empty. */
export function meanColour({ pixels }: RgbImage, masks: readonly Mask[]): Rgb | undefined {
  let red = 0;
  let green = 0;
  let blue = 0;
  let count = 0;
  for (const { data } of masks) {
    for (let i = 0; i < data.length; i++) {
      if (data[i] === 0) continue;
      red += pixels[3 * i]!;
      green += pixels[3 * i + 1]!;
      blue += pixels[3 * i + 2]!;
      count++;
    }
  }
  return count === 0 ? undefined : [red / count, green / count, blue / count];
}
