import type { ImageLimits } from '../engine.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeHeic } from './decode-heic.ts';
import { decodeJpegHere } from './decode-here.ts';
import { decodeWithLibvips } from './decode-libvips.ts';
import { type ImageFormat, sniffFormat } from './format.ts';
import type { ImageHeader } from './headers/header.ts';
import { readHeader } from './headers/read-header.ts';
import { checkBytes, checkSides, DEFAULT_IMAGE_LIMITS } from './limits.ts';
import type { RgbImage } from './rgb-image.ts';

/** Passes over the whole picture that a progressive file may ask for: common encoders write about ten scans. */
const PASSES_MAX = 10;

/**
 * Decodes one picture: format by its first bytes, caps by its header, and only then the decoder.
 *
 * Deterministic: the same bytes give the same pixels. First page or frame only; embedded orientation applied;
 * transparent pixels on white.
 *
 * @param bytes  an encoded picture; not kept, not changed.
 * @throws EngineError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable`; nothing else.
 * @cost   for a JPEG the decoder's own time; three times that where a colour profile other than sRGB is converted.
 */
export async function decodeImage(
  bytes: Uint8Array,
  limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
): Promise<{ readonly image: RgbImage; readonly format: ImageFormat }> {
  checkBytes(bytes.length, limits);
  const format = sniffFormat(bytes);
  const header = readHeader(bytes, format);
  checkSides(header, limits);
  checkPasses(header, limits);
  if (format === 'bmp') return { format, image: decodeBmp(bytes, header) };
  if (format === 'heic') return { format, image: await decodeHeic(bytes, limits) };
  const image = format === 'jpeg' ? decodeJpegHere(bytes, header) : undefined;
  return { format, image: image ?? (await decodeWithLibvips(bytes, header, limits)) };
}

function checkPasses({ decodedPixels = 0 }: ImageHeader, { pixelsMax }: ImageLimits): void {
  if (decodedPixels > PASSES_MAX * pixelsMax) {
    throw new EngineError('payload-too-large', 'The image takes too many passes to decode.');
  }
}
