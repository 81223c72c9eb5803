import { expect, test } from 'vitest';
import { plainRgb } from '../image/rgb-image.ts';
import type { Network } from '../runtime/network.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import { personMatte } from './person-matte.ts';

const POINTS: FivePoints = {
  subjectRightEye: { x: 90, y: 80 },
  subjectLeftEye: { x: 110, y: 80 },
  noseTip: { x: 100, y: 90 },
  subjectRightMouthCorner: { x: 94, y: 101 },
  subjectLeftMouthCorner: { x: 106, y: 101 },
};
const image = plainRgb(200, 200, [0, 0, 0]);

/** Sees the same opacity everywhere. */
const networkOf = (opacity: number): Network => ({
  run: async () => ({ person: { data: new Float32Array(256 * 256).fill(opacity), dims: [1, 256, 256, 1] } }),
  release: async () => undefined,
});

test('the matte covers six eye distances around the face', async () => {
  const matte = await personMatte(image, POINTS, networkOf(1));
  expect(matte!.opacity.every((value) => value === 1)).toBe(true);
  expect(256 * matte!.toImage.a).toBeCloseTo(120, 6);
  expect(matte!.toImage.c + 128 * matte!.toImage.a).toBeCloseTo(100, 6);
});

test('a face that is nobody to the network has no matte', async () => {
  expect(await personMatte(image, POINTS, networkOf(0.01))).toBeUndefined();
});
