import sharp from 'sharp';
import type { Resize } from '../vocabulary/analysis.ts';
import type { RgbImage } from './rgb-image.ts';

/**
 * The picture in a box of the wanted size, as JPEG without metadata. Proportions are kept; a smaller picture is not
 * enlarged.
 *
 * @cost about 10 ms for a 2-megapixel picture.
 */
export async function resizeToJpeg(image: RgbImage, { width, height, quality }: Resize): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  const jpeg = await sharp(image.pixels, { raw })
    .resize({ width, height, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality })
    .toBuffer();
  return new Uint8Array(jpeg);
}
