import type { Rgb } from '../vocabulary/shapes.ts';

/** A picture in memory: sRGB, 8 bit, EXIF orientation applied, no alpha. */
export interface RgbImage {
  /** px, 1 or more. */
  readonly width: number;
  /** px, 1 or more. */
  readonly height: number;
  /** Red, green, blue interleaved, row by row from the top; 3·width·height bytes. */
  readonly pixels: Uint8Array;
}

/**
 * Wraps pixels without copying them.
 *
 * A Buffer is re-wrapped as a plain Uint8Array: were both to reach the pixel loops, the compiler would have to keep
 * two shapes of array apart at every access.
 *
 * @throws RangeError when the length is not 3·width·height.
 */
export function rgbImage(width: number, height: number, pixels: Uint8Array): RgbImage {
  if (pixels.length !== 3 * width * height) {
    throw new RangeError(`${pixels.length} bytes do not make ${width}×${height} RGB pixels.`);
  }
  const isPlain = pixels.constructor === Uint8Array;
  const plain = isPlain ? pixels : new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  return { width, height, pixels: plain };
}

/** A picture of one colour. */
export function plainRgb(width: number, height: number, colour: Rgb): RgbImage {
  const pixels = new Uint8Array(3 * width * height);
  const [red, green, blue] = colour;
  if (red === green && green === blue) return { width, height, pixels: pixels.fill(red) };
  for (let p = 0; p < pixels.length; p += 3) {
    pixels[p] = red;
    pixels[p + 1] = green;
    pixels[p + 2] = blue;
  }
  return { width, height, pixels };
}
