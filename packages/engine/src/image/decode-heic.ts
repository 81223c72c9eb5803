import type { ImageLimits } from '../engine.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { checkSides } from './limits.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Decodes the first picture of a HEIC file, orientation applied.
 *
 * libvips' prebuilt binary has no HEVC decoder; this one is WebAssembly (libheif), loaded on first use because it is
 * large and rarely needed.
 *
 * @throws EngineError `payload-too-large` or `image-unreadable`.
 * @cost   about ten times a JPEG of the same size; its heap keeps the largest size it ever had.
 */
export async function decodeHeic(bytes: Uint8Array, limits: ImageLimits): Promise<RgbImage> {
  try {
    return await decodeFirst(bytes, limits);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('image-unreadable', 'The HEIC image could not be decoded.', { cause });
  }
}

async function decodeFirst(bytes: Uint8Array, limits: ImageLimits): Promise<RgbImage> {
  const { default: heic } = await import('heic-decode');
  const images = await heic.all({ buffer: bytes });
  try {
    const first = images[0]!;
    checkSides(first, limits);
    const { width, height, data } = await first.decode();
    return rgbImage(width, height, withoutAlpha(data));
  } finally {
    images.dispose();
  }
}

/** Photographs have no transparency worth keeping: the colour stands as it is. */
function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  for (let o = 0, p = 0; o < pixels.length; o += 3, p += 4) {
    pixels[o] = rgba[p]!;
    pixels[o + 1] = rgba[p + 1]!;
    pixels[o + 2] = rgba[p + 2]!;
  }
  return pixels;
}
