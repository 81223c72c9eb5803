import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../vocabulary/shapes.ts';
import { type Affine, apply, compose, IDENTITY, invert, scaleOf, similarityFrom } from './affine.ts';

const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const similarity = fc
  .record({
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    c: coordinate,
    f: coordinate,
  })
  .map(({ angle, scale, c, f }): Affine => {
    const cos = scale * Math.cos(angle);
    const sin = scale * Math.sin(angle);
    return { a: cos, b: -sin, c, d: sin, e: cos, f };
  });
/** Well spread, so that rounding does not drown what is tested. */
const points = fc
  .array(point, { minLength: 2, maxLength: 9 })
  .filter(([first, ...rest]) => rest.some((other) => distance(first!, other) > 10));

const distance = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);

function expectSameMap(actual: Affine, expected: Affine, tolerance: number) {
  for (const probe of [
    { x: 0, y: 0 },
    { x: 1000, y: 0 },
    { x: 0, y: 1000 },
  ]) {
    expect(distance(apply(actual, probe), apply(expected, probe))).toBeLessThan(tolerance);
  }
}

test('a map and its inverse make the identity, both ways round', () => {
  fc.assert(
    fc.property(similarity, (map) => {
      const back = invert(map)!;
      expectSameMap(compose(back, map), IDENTITY, 1e-6);
      expectSameMap(compose(map, back), IDENTITY, 1e-6);
    }),
  );
});

test('a composition does the second argument first', () => {
  fc.assert(
    fc.property(similarity, similarity, point, (second, first, p) => {
      const together = apply(compose(second, first), p);
      expect(distance(together, apply(second, apply(first, p)))).toBeLessThan(1e-4);
    }),
  );
});

test('a map that flattens the plane has no inverse', () => {
  expect(invert({ a: 1, b: 2, c: 0, d: 2, e: 4, f: 0 })).toBeUndefined();
  expect(invert({ ...IDENTITY, a: Number.NaN })).toBeUndefined();
  expect(invert({ ...IDENTITY, c: Number.POSITIVE_INFINITY })).toBeUndefined();
});

test('a known similarity is recovered from the points it moved', () => {
  fc.assert(
    fc.property(similarity, points, (map, from) => {
      const to = from.map((p) => apply(map, p));
      expectSameMap(similarityFrom(from, to)!, map, 1e-4);
    }),
  );
});

test('no other similarity comes closer than the one found', () => {
  fc.assert(
    fc.property(points, fc.array(point, { minLength: 9, maxLength: 9 }), similarity, (from, noise, other) => {
      const to = noise.slice(0, from.length);
      const best = similarityFrom(from, to);
      fc.pre(best !== undefined);
      const error = (map: Affine) =>
        from.reduce((sum, p, i) => sum + distance(apply(map, p), to[i]!) ** 2, 0);
      expect(error(best!)).toBeLessThanOrEqual(error(other) * (1 + 1e-9) + 1e-6);
    }),
  );
});

test('a similarity never mirrors, even when the destinations are mirrored', () => {
  fc.assert(
    fc.property(points, (from) => {
      const mirrored = from.map((p) => ({ x: -p.x, y: p.y }));
      const map = similarityFrom(from, mirrored);
      fc.pre(map !== undefined);
      expect(map!.a * map!.e - map!.b * map!.d).toBeGreaterThan(0);
      expect(map!.a).toBe(map!.e);
      expect(map!.b).toBe(-map!.d);
    }),
  );
});

test('points that coincide, are too few or are not finite give no similarity', () => {
  const here = { x: 3, y: 4 };
  const there = { x: 9, y: 1 };
  expect(similarityFrom([here, here], [here, there])).toBeUndefined();
  expect(similarityFrom([here, there], [there, there])).toBeUndefined();
  expect(similarityFrom([here], [there])).toBeUndefined();
  expect(similarityFrom([], [])).toBeUndefined();
  expect(similarityFrom([here, { x: Number.NaN, y: 0 }], [here, there])).toBeUndefined();
});

test('lists of different length are refused', () => {
  expect(() => similarityFrom([{ x: 0, y: 0 }], [])).toThrow(RangeError);
});

test('the scale of a similarity is its factor', () => {
  expect(scaleOf({ a: 0, b: -3, c: 5, d: 3, e: 0, f: 7 })).toBeCloseTo(3);
});
