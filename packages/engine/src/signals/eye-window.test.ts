import { expect, test } from 'vitest';
import { apply, invert } from '../geometry/affine.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { eyeWindow } from './eye-window.ts';

function meshWith(points: Readonly<Record<number, Point>>): Point[] {
  return Array.from({ length: 468 }, (_, index) => points[index] ?? { x: 0, y: 0 });
}

const face = meshWith({
  33: { x: 100, y: 100 },
  133: { x: 120, y: 100 },
  362: { x: 140, y: 100 },
  263: { x: 160, y: 100 },
});

/** Chips 46 px wide show 46 px of an eye 20 px wide, each px as one. */
const inChip = (side: 'right' | 'left', point: Point) => apply(invert(eyeWindow(face, side, 46)!)!, point);

test('both eyes lie alike in their chips: the outer corner left, the cheek below', () => {
  expect(inChip('right', { x: 100, y: 100 })).toEqual({ x: expect.closeTo(13), y: expect.closeTo(23) });
  expect(inChip('left', { x: 160, y: 100 })).toEqual({ x: expect.closeTo(13), y: expect.closeTo(23) });
  expect(inChip('right', { x: 110, y: 110 })).toEqual({ x: expect.closeTo(23), y: expect.closeTo(33) });
  expect(inChip('left', { x: 150, y: 110 })).toEqual({ x: expect.closeTo(23), y: expect.closeTo(33) });
});

test('an eye without width has no window', () => {
  expect(eyeWindow(meshWith({}), 'right', 64)).toBeUndefined();
});
