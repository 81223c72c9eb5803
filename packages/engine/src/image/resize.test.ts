import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resizeToJpeg } from './resize.ts';
import { plainRgb } from './rgb-image.ts';

describe('resizeToJpeg', () => {
  it.each([
    [
      { width: 50, height: 50 },
      { width: 50, height: 25 },
    ],
    [
      { width: 50, height: 10 },
      { width: 20, height: 10 },
    ],
    [
      { width: 999, height: 999 },
      { width: 200, height: 100 },
    ],
    [
      { width: 1, height: 1 },
      { width: 1, height: 1 },
    ],
  ])('fits 200 × 100 pixels into %o in proportion', async (box, expected) => {
    const jpeg = await resizeToJpeg(plainRgb(200, 100, [10, 200, 30]), { ...box, quality: 80 });
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', ...expected });
  });

  it('is smaller at a lower quality', async () => {
    const noise = { ...plainRgb(64, 64, [0, 0, 0]) };
    noise.pixels.forEach((_, i) => {
      noise.pixels[i] = (i * 2_654_435_761) >>> 24;
    });
    const size = async (quality: number) =>
      (await resizeToJpeg(noise, { width: 64, height: 64, quality })).length;
    expect(await size(10)).toBeLessThan(await size(95));
  });
});
