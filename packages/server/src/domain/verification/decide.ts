import {
  comparisonScore as asComparisonScore,
  type Calibration,
  compare,
  type FalseMatchRate,
  falseMatchRateAt,
  scoreAt,
  type Template,
} from '@facegate/engine/vocabulary';
import type { Verdict } from '../examination/examination.ts';

export interface Decision {
  readonly probe: Template;
  /** At least one; the most similar one counts. */
  readonly references: readonly Template[];
  /** Operating point: what matches at one matches at every larger one. */
  readonly falseMatchRateMax: FalseMatchRate;
}

/** Comparison and decision at an operating point. */
export function decide(
  calibration: Calibration,
  { probe, references, falseMatchRateMax }: Decision,
): Verdict {
  const scores = references.map((reference) => compare(probe, reference));
  const comparisonScore = asComparisonScore(Math.max(...scores));
  return {
    outcome: comparisonScore >= scoreAt(calibration, falseMatchRateMax) ? 'match' : 'non-match',
    comparisonScore,
    falseMatchRate: falseMatchRateAt(calibration, comparisonScore),
  };
}
