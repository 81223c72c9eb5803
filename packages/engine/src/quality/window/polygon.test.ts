import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ellipse, emptyMask, fillPolygon } from './polygon.ts';

const areaOf = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0);

test('a rectangle holds the pixels whose centres lie in it', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.nat(30), fc.nat(30), (x, y, width, height) => {
      const corners = [
        { x, y },
        { x: x + width, y },
        { x: x + width, y: y + height },
        { x, y: y + height },
      ];
      const { data } = fillPolygon(emptyMask(40, 40), corners);
      expect(areaOf(data)).toBe(Math.min(width, 40 - x) * Math.min(height, 40 - y));
    }),
  );
});

test('an ellipse has its area, and a hole cut into it is gone', () => {
  const mask = fillPolygon(emptyMask(200, 200), ellipse({ x: 100, y: 100 }, 80, 50));
  expect(areaOf(mask.data) / (Math.PI * 80 * 50)).toBeCloseTo(1, 1);
  fillPolygon(mask, ellipse({ x: 100, y: 100 }, 20, 20), 0);
  expect(areaOf(mask.data) / (Math.PI * (80 * 50 - 400))).toBeCloseTo(1, 1);
  expect(mask.data[100 * 200 + 100]).toBe(0);
});

test('what lies outside the raster is left out', () => {
  const { data } = fillPolygon(emptyMask(10, 10), ellipse({ x: 0, y: 0 }, 5, 5));
  expect(areaOf(data) / ((Math.PI * 25) / 4)).toBeCloseTo(1, 0);
});
