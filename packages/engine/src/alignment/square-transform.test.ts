import { describe, expect, test } from 'vitest';
import { apply } from '../geometry/affine.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import { squareOfPoints, squareTransform } from './square-transform.ts';

const upright: FivePoints = {
  subjectRightEye: { x: 40, y: 50 },
  subjectLeftEye: { x: 60, y: 50 },
  noseTip: { x: 50, y: 62 },
  subjectRightMouthCorner: { x: 42, y: 74 },
  subjectLeftMouthCorner: { x: 58, y: 74 },
};

describe('the square of a face', () => {
  test('stands about the middle of eyes and mouth, in the longer of the two distances', () => {
    expect(squareOfPoints(upright, 2)).toEqual({ centre: { x: 50, y: 62 }, side: 48, tiltRadians: 0 });
  });

  test('turns with the face', () => {
    const turn = ({ x, y }: { x: number; y: number }) => ({ x: -y, y: x });
    const turned = Object.fromEntries(
      Object.entries(upright).map(([name, point]) => [name, turn(point)]),
    ) as unknown as FivePoints;
    const square = squareOfPoints(turned, 2);
    expect(square.tiltRadians).toBeCloseTo(Math.PI / 2);
    expect(square.centre).toEqual({ x: -62, y: 50 });
    const topLeft = apply(squareTransform(square, 48), { x: 0, y: 0 });
    expect([topLeft.x, topLeft.y]).toEqual([expect.closeTo(-38), expect.closeTo(26)]);
  });
});
