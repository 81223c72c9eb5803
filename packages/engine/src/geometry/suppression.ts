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

/** The same for candidates of different rungs, whose boxes differ more in size. */
export function suppressRepeats<T extends Candidate>(candidates: readonly T[]): T[] {
  return keepBest(candidates, (a, b) => {
    const shared = intersectionArea(a, b);
    return overlap(a, b) > OVERLAP_MAX || shared > CONTAINMENT_MAX * Math.min(boxArea(a), boxArea(b));
  });
}

function keepBest<T extends Candidate>(
  candidates: readonly T[],
  isSameFace: (a: BoundingBox, b: BoundingBox) => boolean,
): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    if (!kept.some((face) => isSameFace(face.box, candidate.box))) kept.push(candidate);
  }
  return kept;
}
