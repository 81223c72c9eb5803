import { LibvipsImage } from './libvips-image.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Stretches a picture with libvips on the thread that asks, through a triangle filter as wide as the shrinkage, to the
 * pixels that sharp gives, which computes in threads of its own.
 *
 * @returns undefined where libvips cannot be called from here.
 */
export function resizeHere(
  { pixels, width, height }: RgbImage,
  to: { readonly width: number; readonly height: number },
): RgbImage | undefined {
  const image = LibvipsImage.ofPixels(pixels, { width, height });
  // Divided as sharp does it: factors rounded otherwise give other pixels.
  const resized = image?.resized({ x: 1 / (width / to.width), y: 1 / (height / to.height) });
  try {
    const isAsked = resized?.size.width === to.width && resized.size.height === to.height;
    const found = isAsked ? resized.pixels() : undefined;
    return found && rgbImage(to.width, to.height, found);
  } finally {
    resized?.close();
    image?.close();
  }
}
