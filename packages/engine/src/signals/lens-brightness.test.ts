import { expect, test } from 'vitest';
import { IDENTITY } from '../geometry/affine.ts';
import { plainRgb, type RgbImage } from '../image/rgb-image.ts';
import type { Point, Rgb } from '../vocabulary/shapes.ts';
import { lensBrightness } from './lens-brightness.ts';

const EYES = { right: { x: 70, y: 90 }, left: { x: 130, y: 90 } };
const CHEEKS = { right: { x: 70, y: 135 }, left: { x: 130, y: 135 } };

/** Eye corners and lids lie on the eyes' centres; the mouth 70 px below them. */
function drawnMesh(): Point[] {
  const mesh = Array.from({ length: 468 }, () => ({ x: 100, y: 120 }));
  for (const index of [33, 133, 159, 145]) mesh[index] = EYES.right;
  for (const index of [362, 263, 386, 374]) mesh[index] = EYES.left;
  mesh[61] = { x: 80, y: 160 };
  mesh[291] = { x: 120, y: 160 };
  mesh[50] = CHEEKS.right;
  mesh[280] = CHEEKS.left;
  return mesh;
}

function paint(image: RgbImage, { x, y }: Point, colour: Rgb): void {
  for (let row = y - 20; row < y + 20; row++) {
    for (let column = x - 20; column < x + 20; column++) {
      image.pixels.set(colour, 3 * (row * image.width + column));
    }
  }
}

const brightnessOf = (image: RgbImage) => lensBrightness({ image, fromImage: IDENTITY }, drawnMesh());

test('is 1 where eyes and cheeks are alike, and falls with both eyes', () => {
  const image = plainRgb(200, 200, [200, 200, 200]);
  expect(brightnessOf(image)).toBeCloseTo(1);
  paint(image, EYES.right, [40, 40, 40]);
  expect(brightnessOf(image)).toBeCloseTo(1);
  paint(image, EYES.left, [60, 60, 60]);
  expect(brightnessOf(image)).toBeCloseTo(0.3, 1);
});

test('does not fall in the shadow of one side', () => {
  const image = plainRgb(200, 200, [200, 200, 200]);
  paint(image, EYES.right, [50, 50, 50]);
  paint(image, CHEEKS.right, [50, 50, 50]);
  expect(brightnessOf(image)).toBeCloseTo(1, 1);
});
