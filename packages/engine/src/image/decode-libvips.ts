import sharp from 'sharp';
import { EngineError } from '../vocabulary/errors.ts';
import type { ImageHeader } from './headers/header.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/** What shows through transparent pixels. */
const ALPHA_BACKGROUND = '#ffffff';

/** A picture within the limits takes far less; this ends what a decoder would not. */
const DECODE_SECONDS_MAX = 15;

/**
 * Decodes JPEG, PNG, WebP, TIFF or AVIF: first page, EXIF orientation applied, embedded profile and CMYK converted to
 * sRGB, 16 bit and greyscale brought to 8-bit RGB, alpha flattened.
 *
 * @throws EngineError `payload-too-large` or `image-unreadable`; a file cut short is unreadable, never half a picture.
 */
export async function decodeWithLibvips(
  bytes: Uint8Array,
  header: ImageHeader,
  { pixelsMax }: { readonly pixelsMax: number },
): Promise<RgbImage> {
  const options = {
    failOn: 'error',
    limitInputPixels: pixelsMax,
    pages: 1,
    ignoreIcc: header.hasSrgbProfile ?? false,
  } as const;
  try {
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .flatten({ background: ALPHA_BACKGROUND })
      .toColourspace('srgb')
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return rgbImage(info.width, info.height, data);
  } catch (cause) {
    throw toEngineError(cause);
  }
}

function toEngineError(cause: unknown): EngineError {
  const text = cause instanceof Error ? cause.message : '';
  if (text.includes('pixel limit')) {
    return new EngineError('payload-too-large', 'The image has too many pixels.', { cause });
  }
  return new EngineError('image-unreadable', 'The image could not be decoded.', { cause });
}
