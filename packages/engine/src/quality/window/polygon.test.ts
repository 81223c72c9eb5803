import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyPolygon, countOf, ellipse, emptyMask, extentOf, fillPolygon } from './polygon.ts';

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

test('what is copied lies inside the polygon and in the other mask', () => {
  const disc = ellipse({ x: 20, y: 20 }, 12, 9);
  const source = fillPolygon(emptyMask(40, 40), ellipse({ x: 28, y: 20 }, 12, 9));
  const inside = fillPolygon(emptyMask(40, 40), disc);
  const both = inside.data.map((value, i) => value & source.data[i]!);
  expect(copyPolygon(emptyMask(40, 40), disc, source).data).toEqual(both);
});

test('all that belongs to a mask lies within its extent, and an empty one has none', () => {
  const mask = fillPolygon(emptyMask(40, 40), ellipse({ x: 20, y: 20 }, 5, 5));
  const { first, end } = extentOf(mask);
  expect([mask.data[first], mask.data[end - 1]]).toEqual([1, 1]);
  expect(areaOf(mask.data.subarray(first, end))).toBe(areaOf(mask.data));
  expect(countOf(mask)).toBe(areaOf(mask.data));
  expect(extentOf(emptyMask(40, 40))).toEqual({ first: 0, end: 0 });
});
