import sharp from 'sharp';
import { expect, test } from 'vitest';
import { lookOfPicture } from './look-of-picture.ts';
import { recapture } from './recapture.ts';

const SIDE = 64;

/** Coloured bands with soft borders. */
async function picture(): Promise<Uint8Array> {
  const side = SIDE;
  const pixels = Uint8Array.from({ length: 3 * side * side }, (_, i) => {
    const place = Math.floor(i / 3);
    return 110 + 70 * Math.sin((place % side) / 17 + (i % 3)) + 40 * Math.cos(Math.floor(place / side) / 29);
  });
  return new Uint8Array(
    await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
      .jpeg()
      .toBuffer(),
  );
}

test('the same seed makes the same picture, another seed another', async () => {
  const source = await picture();
  const make = (seed: number) => recapture(source, 'screen', { seed, elsewhere: source, side: SIDE });
  expect(await make(7)).toEqual(await make(7));
  expect(await make(8)).not.toEqual(await make(7));
});

test.each(['bona-fide', 'print', 'screen'] as const)(
  '%s comes out at one size, as JPEG',
  async (presentation) => {
    const source = await picture();
    const made = await recapture(source, presentation, { seed: 3, elsewhere: source, side: SIDE });
    expect(await sharp(made).metadata()).toMatchObject({ format: 'jpeg', width: SIDE, height: SIDE });
  },
);

test('global statistics are those drawn, whatever is before the camera', async () => {
  const source = await picture();
  for (const presentation of ['bona-fide', 'print', 'screen'] as const) {
    const look = await lookOfPicture(
      await recapture(source, presentation, { seed: 11, elsewhere: source, side: SIDE }),
    );
    expect(look.brightness).toBeGreaterThan(0.1);
    expect(look.brightness).toBeLessThan(0.34);
    expect(look.redToBlue).toBeGreaterThan(0.9);
    expect(look.redToBlue).toBeLessThan(2);
  }
});
