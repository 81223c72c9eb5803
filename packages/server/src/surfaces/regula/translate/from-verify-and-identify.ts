import type { VerificationWithCandidates } from '../../../domain/identification/identification.ts';
import type { MatchAndSearchDetection } from '../wire/answers.ts';
import { fromVerification, type MatchBody } from './from-verification.ts';
import { recognisedToWire } from './recognised.ts';
import type { MatchAndSearchPlan } from './to-verify-and-identify.ts';

export interface MatchAndSearchBody extends MatchBody {
  readonly detections: readonly MatchAndSearchDetection[];
}

/** OK as soon as one picture has a face: with a single face there is nothing to compare, and still a search. */
export function fromVerifyAndIdentify(
  { candidates, ...verification }: VerificationWithCandidates,
  plan: MatchAndSearchPlan,
): MatchAndSearchBody {
  const { name, reason, results, detections } = fromVerification(verification, plan);
  const anyFace = detections.some(({ faces }) => faces.length > 0);
  return {
    ...(anyFace ? { name: 'FACER_OK' } : { name, ...(reason !== undefined && { reason }) }),
    results,
    detections: detections.map((detection, image) => ({
      ...detection,
      faces: detection.faces.map((face, i) => ({
        ...face,
        persons: recognisedToWire(candidates[image]?.[i] ?? [], plan),
      })),
    })),
  };
}
