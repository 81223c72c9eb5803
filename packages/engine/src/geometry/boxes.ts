import type { BoundingBox, Point } from '../vocabulary/shapes.ts';
import { type Affine, apply } from './affine.ts';

export const boxArea = (box: BoundingBox): number => box.width * box.height;

export const boxCentre = (box: BoundingBox): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

/** Area that two boxes share, square pixels. */
export function intersectionArea(a: BoundingBox, b: BoundingBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Intersection over union, 0..1. */
export function overlap(a: BoundingBox, b: BoundingBox): number {
  const shared = intersectionArea(a, b);
  return shared / (boxArea(a) + boxArea(b) - shared);
}

/** Smallest upright box around points. At least one point is needed. */
export function boxAround(points: readonly Point[]): BoundingBox {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The upright box around the place where a map takes a picture of this size. */
export function mappedBox(
  map: Affine,
  { width, height }: Pick<BoundingBox, 'width' | 'height'>,
): BoundingBox {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ];
  return boxAround(corners.map((corner) => apply(map, corner)));
}
