import { describe, expect, test } from 'vitest';
import { eyeShape } from './eye-shape.ts';

/** An eye 40 px wide, its lids arcs of the given heights above and below the line of its corners, y 32. */
function drawnEye(upper: number, lower: number, iris = { x: 32, y: 32 }): Float32Array {
  const points = new Float32Array(228);
  const put = (index: number, x: number, y: number) => points.set([x, y, 0], 3 * index);
  const arc = (x: number): number => 1 - ((x - 32) / 20) ** 2;
  for (let i = 0; i <= 8; i++) put(i, 12 + 5 * i, 32 + lower * arc(12 + 5 * i));
  for (let i = 1; i <= 7; i++) put(8 + i, 12 + 5 * i, 32 - upper * arc(12 + 5 * i));
  put(71, iris.x, iris.y);
  const rim = [
    [5, 0],
    [0, -5],
    [-5, 0],
    [0, 5],
  ] as const;
  for (const [i, [x, y]] of rim.entries()) put(72 + i, iris.x + x, iris.y + y);
  return points;
}

describe('the shape of an eye', () => {
  test('is measured in widths of the eye', () => {
    const eye = eyeShape(drawnEye(8, 4));
    expect(eye.openness).toBeCloseTo(12 / 40);
    expect(eye.upperLidRise).toBeCloseTo(8 / 40);
    expect(eye.irisRadius).toBeCloseTo(5);
    expect(eye.irisAcross).toBe(0);
  });

  test('is shut where the lids meet, below the corners too', () => {
    const eye = eyeShape(drawnEye(-3, 3));
    expect(eye.openness).toBe(0);
    expect(eye.upperLidRise).toBeCloseTo(-3 / 40);
    expect(eye.irisUp).toBe(0);
  });

  test('says where the iris stands between corners and lids, and no more than all the way', () => {
    const inwardsAndUp = eyeShape(drawnEye(8, 8, { x: 42, y: 28 }));
    expect(inwardsAndUp.irisAcross).toBeCloseTo(0.5);
    expect(inwardsAndUp.irisUp).toBeCloseTo(0.5);
    expect(eyeShape(drawnEye(8, 8, { x: 90, y: 60 }))).toMatchObject({ irisAcross: 1, irisUp: -1 });
  });
});
