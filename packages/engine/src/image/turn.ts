import type { Affine } from '../geometry/affine.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/** Clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270;

/** A step through the pixels of the source, in bytes: where to start, per destination column, per destination row. */
interface Walk {
  readonly start: number;
  readonly perColumn: number;
  readonly perRow: number;
}

/** Turns a picture clockwise. Exact; 0 returns the picture itself. */
export function turnRgb(image: RgbImage, degrees: QuarterTurn): RgbImage {
  if (degrees === 0) return image;
  const isUpright = degrees === 180;
  const width = isUpright ? image.width : image.height;
  const height = isUpright ? image.height : image.width;
  const pixels = new Uint8Array(image.pixels.length);
  const { start, perColumn, perRow } = walkFor(image, degrees);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0, p = (start + y * perRow) | 0; x < width; x++, o += 3, p = (p + perColumn) | 0) {
      pixels[o] = image.pixels[p]!;
      pixels[o + 1] = image.pixels[p + 1]!;
      pixels[o + 2] = image.pixels[p + 2]!;
    }
  }
  return rgbImage(width, height, pixels);
}

/** Maps the turned picture back onto the one of this width and height before the turn. */
export function unturn(
  { width, height }: { readonly width: number; readonly height: number },
  degrees: QuarterTurn,
): Affine {
  switch (degrees) {
    case 0:
      return { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };
    case 90:
      return { a: 0, b: 1, c: 0, d: -1, e: 0, f: height };
    case 180:
      return { a: -1, b: 0, c: width, d: 0, e: -1, f: height };
    case 270:
      return { a: 0, b: -1, c: width, d: 1, e: 0, f: 0 };
  }
}

function walkFor({ width, height }: RgbImage, degrees: 90 | 180 | 270): Walk {
  const row = 3 * width;
  if (degrees === 90) return { start: row * (height - 1), perColumn: -row, perRow: 3 };
  if (degrees === 180) return { start: row * height - 3, perColumn: -3, perRow: -row };
  return { start: row - 3, perColumn: row, perRow: -3 };
}
