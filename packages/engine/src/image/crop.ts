import type { Region } from './region.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/** Copies a region that lies inside the picture. */
export function cropRgb(image: RgbImage, { left, top, width, height }: Region): RgbImage {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const start = 3 * ((top + y) * image.width + left);
    pixels.set(image.pixels.subarray(start, start + 3 * width), 3 * width * y);
  }
  return rgbImage(width, height, pixels);
}
