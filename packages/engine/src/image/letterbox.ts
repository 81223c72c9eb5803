import sharp from 'sharp';
import { type Affine, compose } from '../geometry/affine.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';
import { type QuarterTurn, turnRgb, unturn } from './turn.ts';

export interface Letterbox {
  /** side×side; the picture at the top left, black to its right or below. */
  readonly image: RgbImage;
  /** Letterbox pixels per image pixel; above 1 where a small picture is enlarged. */
  readonly scale: number;
  /** Letterbox → image, continuous coordinates. */
  readonly toImage: Affine;
}

/**
 * Fits the whole picture into a square for a detector, turned clockwise first if told.
 *
 * A triangle filter as wide as the shrinkage, in libvips: it does not alias, as a plain bilinear resize would, and
 * costs hardly more than nearest neighbour, while the sharper kernels ring at edges.
 *
 * @param side  px.
 * @cost        about 5 ms from 2 megapixels to 640, a third of the same in JavaScript.
 */
export async function letterbox(image: RgbImage, side: number, turn: QuarterTurn = 0): Promise<Letterbox> {
  const scale = side / Math.max(image.width, image.height);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const small = await resizeRgb(image, { width, height });
  const stretch = { a: image.width / width, b: 0, c: 0, d: 0, e: image.height / height, f: 0 };
  return {
    image: onBlackSquare(turnRgb(small, turn), side),
    scale,
    toImage: compose(stretch, unturn(small, turn)),
  };
}

async function resizeRgb(image: RgbImage, size: { width: number; height: number }): Promise<RgbImage> {
  if (size.width === image.width && size.height === image.height) return image;
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  const data = await sharp(image.pixels, { raw, limitInputPixels: false })
    .resize({ ...size, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return rgbImage(size.width, size.height, data);
}

function onBlackSquare(image: RgbImage, side: number): RgbImage {
  if (image.width === side && image.height === side) return image;
  const pixels = new Uint8Array(3 * side * side);
  const stride = 3 * image.width;
  for (let y = 0; y < image.height; y++) {
    pixels.set(image.pixels.subarray(y * stride, (y + 1) * stride), 3 * side * y);
  }
  return rgbImage(side, side, pixels);
}
