import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import type { Point } from '../vocabulary/shapes.ts';

/** Upper and lower inner lip, in the mesh. */
const INNER_LIPS: readonly (readonly [number, number])[] = [
  [81, 178],
  [82, 87],
  [13, 14],
  [312, 317],
  [311, 402],
];
const CHIN = 152;

/** Widest gap between the lips ÷ distance from the eyes to the chin. */
export function mouthOpening(mesh: readonly Point[]): number {
  const between = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
  const { subjectRightEye: right, subjectLeftEye: left } = fivePointsOfMesh(mesh);
  const eyes = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
  const gaps = INNER_LIPS.map(([upper, lower]) => between(mesh[upper]!, mesh[lower]!));
  return Math.max(...gaps) / between(eyes, mesh[CHIN]!);
}
