import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { Acquisition } from '../../../domain/acquisition/acquire.ts';
import { FAILURE_REASONS, REGULA_FAILURES } from '../errors.ts';
import type { Detection } from '../wire/answers.ts';
import type { ResultName } from '../wire/result-codes.ts';
import { attributesToWire } from './attributes.ts';
import { faceToWire } from './face.ts';
import type { MeasuredFace } from './quality/characteristics.data.ts';
import { qualityToWire } from './quality/quality-to-wire.ts';
import type { DetectPlan } from './to-assessment.ts';

export interface DetectBody {
  readonly name: ResultName;
  readonly detections: readonly Detection[];
  /** Why the name is not OK. */
  readonly reason?: string;
}

export function fromAssessment(acquisition: Acquisition, plan: DetectPlan): DetectBody {
  if (acquisition.outcome === 'failure-to-acquire') {
    const { reason } = acquisition;
    return { name: REGULA_FAILURES[reason], detections: [], reason: FAILURE_REASONS[reason] };
  }
  const { faces, stageMs } = acquisition;
  const secondsOf = (stage: string): number => (stageMs[stage] ?? 0) / 1000 / faces.length;
  return { name: 'FACER_OK', detections: faces.map((face) => detectionOf(face, plan, secondsOf)) };
}

/**
 * Attributes and quality that were not asked are empty objects on the wire, never null.
 *
 * @param secondsOf  an even share of the time that a stage took for all faces.
 */
function detectionOf(
  face: AnalysedFace,
  { portraits, quality, attributes }: DetectPlan,
  secondsOf: (stage: string) => number,
): Detection {
  return {
    ...faceToWire(face, portraits),
    attributes:
      attributes.length > 0
        ? attributesToWire(attributes, face.attributes ?? {}, secondsOf('attributes'))
        : {},
    quality: quality ? qualityToWire(quality.checks, measuredFace(face), secondsOf('quality')) : {},
  };
}

function measuredFace({ quality = {}, attributes }: AnalysedFace): MeasuredFace {
  const glasses = attributes?.glasses;
  return { quality, ...(glasses && { wearsGlasses: glasses.value !== 'none' }) };
}
