import type { PackSummary } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../ports/face-processor.ts';
import type { Authentication } from './accounts/authentication.ts';
import type { Acquisition } from './acquisition/acquire.ts';
import { type AssessmentInput, assess } from './assessment/assess.ts';
import type { Audit } from './audit/audit.ts';
import type { Cases } from './cases/cases.ts';
import type { Enrolment } from './enrolment/enrolment.ts';
import type { Examinations } from './examination/examination.ts';
import type { Identification } from './identification/identification.ts';
import type { Limits } from './limits/limits.ts';
import { type Verification, type VerificationInput, verify } from './verification/verify.ts';

/** The use cases, bound to what they need. All that a surface may ask of the product. */
export interface Service {
  readonly pack: PackSummary;
  verify(input: VerificationInput, signal?: AbortSignal): Promise<Verification>;
  assess(input: AssessmentInput, signal?: AbortSignal): Promise<Acquisition>;
  readonly cases: Cases;
  readonly enrolment: Enrolment;
  readonly examinations: Examinations;
  readonly identification: Identification;
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly audit: Audit;
}

export interface ServiceParts {
  readonly processor: FaceProcessor;
  readonly cases: Cases;
  readonly enrolment: Enrolment;
  readonly examinations: Examinations;
  readonly identification: Identification;
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly audit: Audit;
}

export const createService = ({ processor, ...parts }: ServiceParts): Service => ({
  ...parts,
  pack: processor.pack,
  verify: (input, signal) => verify(processor, input, signal),
  assess: (input, signal) => assess(processor, input, signal),
});
