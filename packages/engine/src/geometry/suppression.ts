import type { BoundingBox } from '../vocabulary/shapes.ts';
import { boxArea, intersectionArea, overlap } from './boxes.ts';

interface Candidate {
  readonly box: BoundingBox;
  readonly score: number;
}

/** Two boxes of one network describe one face when they overlap by more than this (the networks' own setting). */
const OVERLAP_MAX = 0.3;

/** Between rungs of the ladder a box that lies this deep inside another is the same face at another scale. */
const CONTAINMENT_MAX = 0.6;

/**
 * Non-maximum suppression: keeps the best-scored of each cluster of boxes.
 *
 * @returns descending score; ties keep their order, so the answer does not depend on the sort.
 */
export function suppressOverlaps<T extends Candidate>(candidates: readonly T[]): T[] {
  return keepBest(candidates, (a, b) => overlap(a, b) > OVERLAP_MAX);
}

/**
 * Whether two boxes of different networks or scales are one face: they differ more in size than those of one network,
 * so that lying deep inside counts too.
 */
export function isSameFace(a: BoundingBox, b: BoundingBox): boolean {
  const smaller = Math.min(boxArea(a), boxArea(b));
  return overlap(a, b) > OVERLAP_MAX || intersectionArea(a, b) > CONTAINMENT_MAX * smaller;
}

/** As {@link suppressOverlaps}, for candidates of different networks or scales. */
export function suppressRepeats<T extends Candidate>(candidates: readonly T[]): T[] {
  return keepBest(candidates, isSameFace);
}

function keepBest<T extends Candidate>(
  candidates: readonly T[],
  isOneFace: (a: BoundingBox, b: BoundingBox) => boolean,
): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (!kept.some((face) => isOneFace(face.box, candidate.box))) kept.push(candidate);
  }
  return kept;
}
