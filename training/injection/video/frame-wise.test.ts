import { expect, it } from 'vitest';
import type { Portrayed } from '../../../accuracy/src/manipulations/manipulation.ts';
import { manipulatedClip } from './frame-wise.ts';

const SIDE = 64;

/** Points 33 and 263 of the mesh stand for the outer corners of the eyes. */
const MESH = Array.from({ length: 468 }, (_, i) => ({
  x: 32 + 14 * Math.cos(i),
  y: 32 + 18 * Math.sin(1.7 * i),
}));

const still = (pace: number): Portrayed => ({
  raster: {
    width: SIDE,
    height: SIDE,
    pixels: Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => (i * pace) % 200),
  },
  mesh: MESH,
});

const clipOf = (kind: 'swap, trembling' | 'swap, anew') =>
  manipulatedClip(kind, { frames: [still(31), still(31), still(31)], donor: still(47), id: 'anybody' });

it.each(['swap, trembling', 'swap, anew'] as const)(
  'of equal frames a %s makes different ones',
  async (kind) => {
    const [one, other] = await clipOf(kind);
    expect(one!.pixels).not.toEqual(still(31).raster.pixels);
    expect(one!.pixels).not.toEqual(other!.pixels);
  },
);

it('the same clip is manipulated alike each time', async () => {
  expect(await clipOf('swap, anew')).toEqual(await clipOf('swap, anew'));
});
