import type { ImageHeader } from './headers/header.ts';
import { LibvipsImage } from './libvips-image.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';
import { type QuarterTurn, turnRgb } from './turn.ts';

/** Pixels, counted once per scan. Nothing can stop a call, so what takes longer is not for this thread. */
const DECODED_PIXELS_MAX = 40_000_000;

/** Clockwise, by Exif's orientation; the mirrored ones are left out. */
const TURNS: Readonly<Record<number, QuarterTurn>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/**
 * Decodes a JPEG with libvips on the thread that asks, to the pixels that `decodeWithLibvips` gives. That one computes
 * in threads of its own, and workers that wait for such stand in each other's way: docs/decisions/012.
 *
 * @returns undefined where the picture is broken, or more is to be done than to decode and turn it.
 * @cost    as libvips: about 10 ms for 2 megapixels.
 */
export function decodeJpegHere(bytes: Uint8Array, header: ImageHeader): RgbImage | undefined {
  if ((header.decodedPixels ?? 0) > DECODED_PIXELS_MAX) return undefined;
  const image = LibvipsImage.ofJpeg(bytes);
  if (!image) return undefined;
  try {
    return read(image, header);
  } finally {
    image.close();
  }
}

function read(image: LibvipsImage, header: ImageHeader): RgbImage | undefined {
  const turn = TURNS[image.orientation];
  const isSrgb = image.isRgb && (header.hasSrgbProfile || !image.hasProfile);
  const { width, height } = image.size;
  const isAsDeclared = width === header.width && height === header.height;
  if (turn === undefined || !isSrgb || !isAsDeclared) return undefined;
  const pixels = image.pixels();
  return pixels && turnRgb(rgbImage(width, height, pixels), turn);
}
