import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import { lipGap } from '../landmarks/lip-gap.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { type LogisticCurve, logistic } from './logistic.ts';

const CHIN = 152;

/**
 * Fitted to 34 open and 79 closed mouths of LFW View 1, told by inspection; of 25 and 74 others, 92 % and 93 % are told
 * rightly. Teeth that show between resting lips count as neither.
 */
const OPEN: LogisticCurve = { midpoint: 0.058, width: 0.0126 };

/** Probability that a mouth is open. */
export const openMouth = (mesh: readonly Point[]): number => logistic(openingOfMouth(mesh), OPEN);

/** Widest gap between the lips ÷ distance from the eyes to the chin. */
export function openingOfMouth(mesh: readonly Point[]): number {
  const { subjectRightEye: right, subjectLeftEye: left } = fivePointsOfMesh(mesh);
  const chin = mesh[CHIN]!;
  return lipGap(mesh) / Math.hypot((right.x + left.x) / 2 - chin.x, (right.y + left.y) / 2 - chin.y);
}
