import type { Acquisition } from '../../../domain/acquisition/acquire.ts';
import { errors } from '../../../domain/errors.ts';
import type { Comparison, Verification } from '../../../domain/verification/verify.ts';
import { FAILURE_REASONS, REGULA_FAILURES } from '../errors.ts';
import type { MatchDetection, MatchResult } from '../wire/answers.ts';
import { RESULT_CODES, type ResultName } from '../wire/result-codes.ts';
import { faceToWire } from './face.ts';
import { scoreAtSimilarity, similarityAt } from './similarity.ts';
import type { ImageLabel, MatchPlan } from './to-verification.ts';

export interface MatchBody {
  readonly name: ResultName;
  readonly detections: readonly MatchDetection[];
  readonly results: readonly MatchResult[];
  /** Why the name is not OK. */
  readonly reason?: string;
}

export function fromVerification({ acquisitions, comparisons }: Verification, plan: MatchPlan): MatchBody {
  return {
    ...overall(acquisitions, comparisons),
    detections: acquisitions.map((acquisition, image) =>
      detectionOf(acquisition, labelAt(plan, image), plan),
    ),
    results: comparisons.map((comparison) => resultOf(comparison, plan)),
  };
}

/**
 * OK as soon as there is one comparison, whatever the other pictures' own status; else the first picture's failure.
 * Where every picture has a face and yet there is nothing to compare, a second face was missing.
 */
function overall(
  acquisitions: readonly Acquisition[],
  comparisons: readonly Comparison[],
): Pick<MatchBody, 'name' | 'reason'> {
  if (comparisons.length > 0) return { name: 'FACER_OK' };
  const [failure] = acquisitions.flatMap((a) => (a.outcome === 'failure-to-acquire' ? [a.reason] : []));
  if (failure === undefined) return { name: 'FR_FACE_NOT_DETECTED', reason: 'There is no second face.' };
  return { name: REGULA_FAILURES[failure], reason: FAILURE_REASONS[failure] };
}

function detectionOf(acquisition: Acquisition, { index }: ImageLabel, plan: MatchPlan): MatchDetection {
  if (acquisition.outcome === 'failure-to-acquire') {
    return { imageIndex: index, status: RESULT_CODES[REGULA_FAILURES[acquisition.reason]], faces: [] };
  }
  const faces = acquisition.faces.map((face, faceIndex) => ({
    faceIndex,
    ...faceToWire(face, plan.portraits),
  }));
  return { imageIndex: index, status: RESULT_CODES.FACER_OK, faces };
}

function resultOf({ probe, reference, falseMatchRate }: Comparison, plan: MatchPlan): MatchResult {
  const first = labelAt(plan, probe.image);
  const second = labelAt(plan, reference.image);
  const similarity = similarityAt(falseMatchRate);
  return {
    firstIndex: first.index,
    firstFaceIndex: probe.face,
    first: first.source,
    secondIndex: second.index,
    secondFaceIndex: reference.face,
    second: second.source,
    score: scoreAtSimilarity(similarity),
    similarity,
  };
}

function labelAt({ labels }: MatchPlan, image: number): ImageLabel {
  const label = labels[image];
  if (label === undefined) throw errors.internal('an image came back that was not sent');
  return label;
}
