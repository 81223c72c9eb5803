import type { Acquisition } from '../../../domain/acquisition/acquire.ts';
import { FAILURE_REASONS, REGULA_FAILURES } from '../errors.ts';
import type { Detection } from '../wire/answers.ts';
import type { ResultName } from '../wire/result-codes.ts';
import { faceToWire } from './face.ts';
import type { DetectPlan } from './to-assessment.ts';

export interface DetectBody {
  readonly name: ResultName;
  readonly detections: readonly Detection[];
  /** Why the name is not OK. */
  readonly reason?: string;
}

/** Attributes and quality that were not computed are empty objects on the wire, never null. */
export function fromAssessment(acquisition: Acquisition, { portraits }: DetectPlan): DetectBody {
  if (acquisition.outcome === 'failure-to-acquire') {
    const { reason } = acquisition;
    return { name: REGULA_FAILURES[reason], detections: [], reason: FAILURE_REASONS[reason] };
  }
  const detections = acquisition.faces.map((face) => ({
    ...faceToWire(face, portraits),
    attributes: {},
    quality: {},
  }));
  return { name: 'FACER_OK', detections };
}
