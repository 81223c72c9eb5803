import type { Point } from '../vocabulary/shapes.ts';

/**
 * A planar map: `(x, y) → (a·x + b·y + c, d·x + e·y + f)`, in the continuous coordinates of `vocabulary/shapes.ts`
 * (the centre of the top-left pixel is (0.5, 0.5)). Warps take the map from the picture made to the picture read.
 */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

/** Where the map takes a point. */
export const apply = (map: Affine, point: Point): Point => ({
  x: map.a * point.x + map.b * point.y + map.c,
  y: map.d * point.x + map.e * point.y + map.f,
});

/** The map that does `first` and then `second`. */
export const compose = (second: Affine, first: Affine): Affine => ({
  a: second.a * first.a + second.b * first.d,
  b: second.a * first.b + second.b * first.e,
  c: second.a * first.c + second.b * first.f + second.c,
  d: second.d * first.a + second.e * first.d,
  e: second.d * first.b + second.e * first.e,
  f: second.d * first.c + second.e * first.f + second.f,
});

/** The way back; undefined when the map flattens the plane or is not finite. */
export function invert(map: Affine): Affine | undefined {
  const determinant = map.a * map.e - map.b * map.d;
  const a = map.e / determinant;
  const b = -map.b / determinant;
  const d = -map.d / determinant;
  const e = map.a / determinant;
  const c = -(a * map.c + b * map.f);
  const f = -(d * map.c + e * map.f);
  const isInvertible = determinant !== 0 && [a, b, c, d, e, f].every(Number.isFinite);
  return isInvertible ? { a, b, c, d, e, f } : undefined;
}

/** How much longer lengths become, as the square root of the change of area; 0 or more. */
export const scaleOf = (map: Affine): number => Math.sqrt(Math.abs(map.a * map.e - map.b * map.d));

/**
 * The similarity (rotation, uniform scale, translation; no shear, no mirror) that takes `points` closest to
 * `destinations`, least squares over the distances at the destinations.
 *
 * @param points        two or more.
 * @param destinations  as many, in the same order.
 * @returns             undefined when no such map exists: points that coincide, destinations that coincide or balance
 *                      out, values that are not finite.
 * @throws              RangeError when the lists differ in length.
 * @source              Umeyama, PAMI 13(4), 1991; in the plane it has this closed form.
 */
export function similarityFrom(points: readonly Point[], destinations: readonly Point[]): Affine | undefined {
  if (points.length !== destinations.length)
    throw new RangeError('Points and destinations differ in number.');
  const from = centroid(points);
  const to = centroid(destinations);
  let along = 0;
  let across = 0;
  let spread = 0;
  let spreadTo = 0;
  for (let i = 0; i < points.length; i++) {
    const px = points[i]!.x - from.x;
    const py = points[i]!.y - from.y;
    const qx = destinations[i]!.x - to.x;
    const qy = destinations[i]!.y - to.y;
    along += px * qx + py * qy;
    across += px * qy - py * qx;
    spread += px * px + py * py;
    spreadTo += qx * qx + qy * qy;
  }
  // Relative to the spreads, so that the verdict does not depend on the unit of either side.
  const isDefined = Math.hypot(along, across) > 1e-9 * Math.sqrt(spread * spreadTo);
  if (!isDefined) return undefined;
  const cos = along / spread;
  const sin = across / spread;
  return {
    a: cos,
    b: -sin,
    c: to.x - cos * from.x + sin * from.y,
    d: sin,
    e: cos,
    f: to.y - sin * from.x - cos * from.y,
  };
}

function centroid(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}
