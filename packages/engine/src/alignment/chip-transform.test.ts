import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, invert } from '../geometry/affine.ts';
import { CHIP_LAYOUTS } from './chip-layouts.ts';
import { chipTransform } from './chip-transform.ts';

const pointsAt = (angle: number, scale: number, shift: { x: number; y: number }) => {
  const [right, left, nose, rightMouth, leftMouth] = CHIP_LAYOUTS.arcface.map(({ x, y }) => ({
    x: scale * (x * Math.cos(angle) - y * Math.sin(angle)) + shift.x,
    y: scale * (x * Math.sin(angle) + y * Math.cos(angle)) + shift.y,
  }));
  return {
    subjectRightEye: right!,
    subjectLeftEye: left!,
    noseTip: nose!,
    subjectRightMouthCorner: rightMouth!,
    subjectLeftMouthCorner: leftMouth!,
  };
};

describe('the map from chip to picture', () => {
  it('puts the eyes where the layout wants them, whatever the tilt, size and place of the face', () => {
    const anyFace = fc.record({
      angle: fc.double({ min: -3, max: 3, noNaN: true }),
      scale: fc.double({ min: 20, max: 2000, noNaN: true }),
      x: fc.double({ min: -500, max: 5000, noNaN: true }),
      y: fc.double({ min: -500, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(anyFace, ({ angle, scale, x, y }) => {
        const points = pointsAt(angle, scale, { x, y });
        const toImage = chipTransform(points, { layout: 'arcface', zoom: 1, side: 112 })!;
        const eye = apply(invert(toImage)!, points.subjectRightEye);
        expect(eye.x).toBeCloseTo(38.2946 + 0.5, 3);
        expect(eye.y).toBeCloseTo(51.6963 + 0.5, 3);
      }),
    );
  });

  it('shows more of the surroundings when the zoom is below 1', () => {
    const points = pointsAt(0, 100, { x: 0, y: 0 });
    const close = chipTransform(points, { layout: 'arcface', zoom: 1, side: 112 })!;
    const wide = chipTransform(points, { layout: 'arcface', zoom: 0.5, side: 112 })!;
    expect(wide.a).toBeCloseTo(close.a * 2, 6);
  });

  it('does not exist when all points coincide', () => {
    const point = { x: 5, y: 5 };
    const points = {
      subjectRightEye: point,
      subjectLeftEye: point,
      noseTip: point,
      subjectRightMouthCorner: point,
      subjectLeftMouthCorner: point,
    };
    expect(chipTransform(points, { layout: 'dlib', zoom: 1, side: 150 })).toBeUndefined();
  });

  it('gives dlib its eyes on one level', () => {
    expect(CHIP_LAYOUTS.dlib[0].y).toBe(CHIP_LAYOUTS.dlib[1].y);
    expect(CHIP_LAYOUTS.dlib[0].x * 150).toBeCloseTo((0.2255 + 0.25) * 100, 6);
  });
});
