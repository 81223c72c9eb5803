import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOfDetection, windowOfMesh } from './facemesh-window.ts';

/** 468 points on a grid over the unit square around the origin, eyes level, then scaled, turned and moved. */
function drawnMesh(side: number, tilt: number, centre: { x: number; y: number }) {
  const place = (x: number, y: number) => ({
    x: centre.x + side * (x * Math.cos(tilt) - y * Math.sin(tilt)),
    y: centre.y + side * (x * Math.sin(tilt) + y * Math.cos(tilt)),
  });
  const points = Array.from({ length: 468 }, (_, i) =>
    place((i % 22) / 21 - 0.5, Math.floor(i / 22) / 21 - 0.5),
  );
  for (const index of [33, 133, 159, 145]) points[index] = place(-0.2, -0.15);
  for (const index of [362, 263, 386, 374]) points[index] = place(0.2, -0.15);
  return points;
}

describe('the window of the mesh', () => {
  it('is found again from a mesh of any size, tilt and place', () => {
    const anyFace = fc.record({
      side: fc.double({ min: 10, max: 3000, noNaN: true }),
      tilt: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
      x: fc.double({ min: 0, max: 5000, noNaN: true }),
      y: fc.double({ min: 0, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(anyFace, ({ side, tilt, x, y }) => {
        const window = windowOfMesh(drawnMesh(side, tilt, { x, y }));
        expect(window.tiltRadians).toBeCloseTo(tilt, 6);
        expect(window.side / side).toBeCloseTo(1.5, 6);
        expect(Math.hypot(window.centre.x - x, window.centre.y - y) / side).toBeLessThan(1e-6);
      }),
    );
  });

  it('starts around the detected box, turned as its eyes are', () => {
    const window = windowOfDetection(
      {
        box: { x: 100, y: 200, width: 40, height: 60 },
        subjectRightEye: { x: 110, y: 220 },
        subjectLeftEye: { x: 130, y: 240 },
      },
      1.35,
    );
    expect(window.centre).toEqual({ x: 120, y: 230 });
    expect(window.side).toBeCloseTo(81, 9);
    expect(window.tiltRadians).toBeCloseTo(Math.PI / 4, 9);
  });
});
