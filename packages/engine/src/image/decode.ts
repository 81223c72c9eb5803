import sharp from 'sharp';
import { type RgbImage, rgbImage } from './rgb-image.ts';
export async function decodeImage(bytes: Uint8Array, _limits: unknown): Promise<RgbImage> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .flatten()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return rgbImage(info.width, info.height, data);
}
