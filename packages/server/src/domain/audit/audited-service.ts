import type { Acquisition } from '../acquisition/acquire.ts';
import type { Service } from '../service.ts';
import type { Verification } from '../verification/verify.ts';
import { auditedCases } from './audited-cases.ts';
import { auditedEnrolment } from './audited-enrolment.ts';
import { auditedExaminations } from './audited-examinations.ts';
import { auditedIdentification } from './audited-identification.ts';
import type { Callers } from './callers.ts';
import { createScribe, type Deed } from './scribe.ts';

/**
 * The same service, which writes down what it is used for. Surfaces apply thresholds of their own; a line says on which
 * side of this one the best comparison was.
 */
export function auditedService(service: Service, callers: Callers): Service {
  const scribe = createScribe(service.audit, callers.current);
  return {
    ...service,
    verify: async (input, signal) => {
      const verification = await service.verify(input, signal);
      scribe.note(deedOfVerification(verification));
      return verification;
    },
    assess: async (input, signal) => {
      const acquisition = await service.assess(input, signal);
      scribe.note(deedOfAssessment(acquisition));
      return acquisition;
    },
    cases: auditedCases(service.cases, scribe),
    enrolment: auditedEnrolment(service.enrolment, scribe),
    identification: auditedIdentification(service.identification, scribe),
    examinations: auditedExaminations(service.examinations, scribe),
  };
}

/** The operating point of the lines, for every pack alike; of a vendor's default threshold too. */
const FALSE_MATCH_RATE = 1e-3;

function deedOfVerification({ acquisitions, comparisons }: Verification): Deed {
  const isMatch = comparisons.some(({ falseMatchRate }) => falseMatchRate <= FALSE_MATCH_RATE);
  const compared = isMatch ? 'match' : 'no-match';
  return {
    action: 'face.verify',
    outcome: comparisons.length === 0 ? 'failure-to-acquire' : compared,
    details: {
      images: acquisitions.length,
      comparisons: comparisons.length,
      falseMatchRateMax: FALSE_MATCH_RATE,
    },
  };
}

const deedOfAssessment = (acquisition: Acquisition): Deed => ({
  action: 'face.assess',
  outcome: acquisition.outcome,
  details: { faces: acquisition.outcome === 'acquired' ? acquisition.faces.length : 0 },
});
