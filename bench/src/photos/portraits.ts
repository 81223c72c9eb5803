import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp, { type Region } from 'sharp';

export interface Photo {
  readonly name: string;
  /** JPEG, 1920 × 1440, one face. */
  readonly jpeg: Buffer;
}

const PHOTO_WIDTH = 1920;
const PHOTO_HEIGHT = 1440;

/**
 * Regions (px) with one upright face each, as people send to be verified, in the group pictures that come inside
 * `@vladmandic/face-api`. A head tilted by more than ten degrees costs one or two more fits of the mesh, 3 ms each.
 */
const REGIONS = [
  { file: 'sample1.jpg', left: 270, top: 270, width: 500, height: 375 },
  { file: 'sample3.jpg', left: 420, top: 260, width: 540, height: 405 },
  { file: 'sample5.jpg', left: 420, top: 380, width: 460, height: 345 },
  { file: 'sample6.jpg', left: 60, top: 400, width: 540, height: 405 },
] as const;

/**
 * Two-megapixel portraits, made on the spot: cut, enlarged and grained. Enlarging alone would leave a picture that a
 * JPEG decoder reads faster than any camera's; the grain brings the file to the size a phone would write.
 */
export async function makePortraits(): Promise<readonly Photo[]> {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
    'demo',
  );
  return await Promise.all(
    REGIONS.map(async ({ file, ...region }) => ({
      name: file,
      jpeg: await enlarge(join(folder, file), region),
    })),
  );
}

async function enlarge(path: string, region: Region): Promise<Buffer> {
  const size = { width: PHOTO_WIDTH, height: PHOTO_HEIGHT };
  const plain = await sharp(path)
    .extract(region)
    .resize(PHOTO_WIDTH, PHOTO_HEIGHT, { fit: 'fill' })
    .png()
    .toBuffer();
  const grain = await sharp({
    create: { ...size, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 8 }, background: '#000' },
  })
    .png()
    .toBuffer();
  return await sharp(plain)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 88 })
    .toBuffer();
}
