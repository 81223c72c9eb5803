import { type RgbImage, rgbImage } from '../image/rgb-image.ts';
import { OUTLINES } from '../quality/window/face-outline.ts';
import type { Point } from '../vocabulary/shapes.ts';

/** Where the fixture's face lies in a picture of this side, px. */
export const SIDE = 400;
const MIDDLE = SIDE / 2;
export const RADII = { x: 70, y: 90 };

/** Points whose outline is an ellipse; all others lie in its middle. */
export const ELLIPTIC_MESH: readonly Point[] = Array.from({ length: 468 }, (_, index) => {
  const at = (OUTLINES.face as readonly number[]).indexOf(index);
  if (at < 0) return { x: MIDDLE, y: MIDDLE };
  const angle = (2 * Math.PI * at) / OUTLINES.face.length;
  return { x: MIDDLE + RADII.x * Math.sin(angle), y: MIDDLE - RADII.y * Math.cos(angle) };
});

export const isInFace = (x: number, y: number): boolean =>
  Math.hypot((x + 0.5 - MIDDLE) / RADII.x, (y + 0.5 - MIDDLE) / RADII.y) < 1;

/** A number −1..1 that looks like chance and is the same in every run. */
export function chanceAt(x: number, y: number, layer = 0): number {
  let mixed = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b) ^ Math.imul(layer + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 31 - 1;
}

/** A picture whose red, green and blue at each pixel are what is told. */
export function drawn(colourAt: (x: number, y: number) => readonly [number, number, number]): RgbImage {
  const pixels = new Uint8Array(3 * SIDE * SIDE);
  for (let y = 0, p = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, p += 3) pixels.set(colourAt(x, y).map(Math.round), p);
  }
  return rgbImage(SIDE, SIDE, pixels);
}

/** Grey noise of amplitudes of their own inside and outside the face. */
export const noisy = (inFace: number, around: number): RgbImage =>
  drawn((x, y) => {
    const value = 128 + (isInFace(x, y) ? inFace : around) * chanceAt(x, y);
    return [value, value, value];
  });
