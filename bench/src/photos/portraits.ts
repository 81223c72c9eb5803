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

/** Regions (px) with one face each in the group pictures that come inside `@vladmandic/face-api`. */
const REGIONS = [
  { file: 'sample1.jpg', left: 1230, top: 60, width: 690, height: 518 },
  { file: 'sample3.jpg', left: 1380, top: 220, width: 540, height: 405 },
  { file: 'sample6.jpg', left: 1380, top: 150, width: 520, height: 390 },
  { file: 'sample5.jpg', left: 1370, top: 330, width: 540, height: 405 },
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
