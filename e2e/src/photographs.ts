import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);

/**
 * A group picture that comes inside `@vladmandic/face-api` and is read in place.
 *
 * Between 1 and 3 one woman recurs (the rightmost of 1 is the middle one of 3); between 2 and 6 nobody does. The four
 * people of 6 face the camera.
 */
export const groupPicture = (number: 1 | 2 | 3 | 4 | 5 | 6): Buffer =>
  readFileSync(join(folder, `sample${number}.jpg`));

/** A small picture of one person of picture 6. */
export const facePicture = (): Promise<Buffer> =>
  sharp(groupPicture(6))
    .extract({ left: 520, top: 250, width: 480, height: 600 })
    .resize(160)
    .jpeg()
    .toBuffer();

const PORTRAITS = {
  'her in picture 1': { picture: 1, left: 1370, top: 80, width: 400, height: 500 },
  'her in picture 3': { picture: 3, left: 985, top: 130, width: 400, height: 500 },
  'somebody in picture 6': { picture: 6, left: 520, top: 250, width: 480, height: 600 },
} as const;

/** One person of a group picture. She is the woman who recurs. */
export async function portraitOf(who: keyof typeof PORTRAITS): Promise<ArrayBuffer> {
  const { picture, ...region } = PORTRAITS[who];
  return Uint8Array.from(await sharp(groupPicture(picture)).extract(region).jpeg().toBuffer()).buffer;
}
