import sharp from 'sharp';
import { type Light, lightOf } from './light.ts';

export async function readPicture(bytes: Uint8Array): Promise<Light> {
  const image = sharp(bytes).toColourspace('srgb').removeAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return lightOf(new Uint8Array(data), info.width, info.height);
}
