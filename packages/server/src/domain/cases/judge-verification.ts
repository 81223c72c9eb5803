import type { Calibration } from '@facegate/engine/vocabulary';
import { templateOf } from '../enrolment/add-reference.ts';
import { decide } from '../verification/decide.ts';
import type { CaseDecision, DeclineCause } from './case.ts';
import type { Look } from './look.ts';
import { FALSE_MATCH_RATE_MAX } from './policy.ts';

type VerificationDecision = Extract<CaseDecision, { kind: 'verification' }>;

/** Accepts two pictures of which each shows a face, both of one person. */
export function judgeVerification(
  calibration: Calibration,
  probe: Look,
  reference: Look,
): VerificationDecision {
  if (probe === 'unreadable' || reference === 'unreadable') return declined('unreadable');
  const [[probeFace], [referenceFace]] = [probe.faces, reference.faces];
  if (probeFace === undefined && referenceFace === undefined) return declined('no-face-in-both');
  if (probeFace === undefined) return declined('no-face');
  if (referenceFace === undefined) return declined('no-face-in-reference');
  const { outcome, comparisonScore, falseMatchRate } = decide(calibration, {
    probe: templateOf(probeFace),
    references: [templateOf(referenceFace)],
    falseMatchRateMax: FALSE_MATCH_RATE_MAX,
  });
  const comparison = { comparisonScore, falseMatchRate };
  if (outcome === 'match') return { kind: 'verification', isAccepted: true, causes: [], comparison };
  return { ...declined('not-matched'), comparison };
}

const declined = (cause: DeclineCause): VerificationDecision => ({
  kind: 'verification',
  isAccepted: false,
  causes: [cause],
});
