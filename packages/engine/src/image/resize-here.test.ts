import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { libvipsLibrary } from './libvips-library.ts';
import { resizeHere } from './resize-here.ts';
import { rgbImage } from './rgb-image.ts';

const reason = libvipsLibrary ? '' : ' (skipped: libvips cannot be called from here)';
const side = fc.integer({ min: 1, max: 90 });

test.skipIf(!libvipsLibrary)(`any picture at any size is what sharp makes of it${reason}`, async () => {
  const sizes = fc.record({ width: side, height: side, toWidth: side, toHeight: side, seed: fc.nat(250) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ width, height, toWidth, toHeight, seed }) => {
      const pixels = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * i * 31 + seed * i) % 256);
      const sharps = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .resize({ width: toWidth, height: toHeight, fit: 'fill', kernel: 'linear' })
        .raw()
        .toBuffer();
      const ours = resizeHere(rgbImage(width, height, pixels), { width: toWidth, height: toHeight });
      expect([ours?.width, ours?.height]).toEqual([toWidth, toHeight]);
      expect(Buffer.compare(ours!.pixels, sharps)).toBe(0);
    }),
    { numRuns: 300 },
  );
});
