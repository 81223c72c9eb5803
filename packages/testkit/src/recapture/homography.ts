import type { Point } from '@facegate/engine';

/** A perspective map: `x' = (h0·x + h1·y + h2) / (h6·x + h7·y + 1)`, and so on. */
export type Homography = readonly [number, number, number, number, number, number, number, number];

/** The perspective map of the unit square's corners (0,0), (1,0), (1,1), (0,1) to four points. Heckbert, 1989. */
export function fromUnitSquare([p0, p1, p2, p3]: readonly [Point, Point, Point, Point]): Homography {
  const dx1 = p1.x - p2.x;
  const dx2 = p3.x - p2.x;
  const dy1 = p1.y - p2.y;
  const dy2 = p3.y - p2.y;
  const sx = p0.x - p1.x + p2.x - p3.x;
  const sy = p0.y - p1.y + p2.y - p3.y;
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  return [
    p1.x - p0.x + g * p1.x,
    p3.x - p0.x + h * p3.x,
    p0.x,
    p1.y - p0.y + g * p1.y,
    p3.y - p0.y + h * p3.y,
    p0.y,
    g,
    h,
  ];
}

export function applyHomography([a, b, c, d, e, f, g, h]: Homography, x: number, y: number): Point {
  const w = g * x + h * y + 1;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}
