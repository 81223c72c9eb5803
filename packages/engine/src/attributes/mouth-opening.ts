import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import { lipGap } from '../landmarks/lip-gap.ts';
import type { Point } from '../vocabulary/shapes.ts';

const CHIN = 152;

/** Widest gap between the lips ÷ distance from the eyes to the chin. */
export function mouthOpening(mesh: readonly Point[]): number {
  const { subjectRightEye: right, subjectLeftEye: left } = fivePointsOfMesh(mesh);
  const chin = mesh[CHIN]!;
  return lipGap(mesh) / Math.hypot((right.x + left.x) / 2 - chin.x, (right.y + left.y) / 2 - chin.y);
}
