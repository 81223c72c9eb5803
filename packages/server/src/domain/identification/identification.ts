import type {
  AnalysedFace,
  AnalysisRequest,
  ComparisonScore,
  FalseMatchRate,
  PortraitSpec,
  Resize,
} from '@facegate/engine/vocabulary';
import type { AcquisitionFailure, EncodedImage } from '../acquisition/acquire.ts';
import type { IdempotencyRequest, SubjectRequest } from '../enrolment/enrolment.ts';
import type { AccountId, Reference, Subject } from '../enrolment/records.ts';
import type { Verification, VerificationInput } from '../verification/verify.ts';

/** Searching one face among many. */
export interface Identification {
  /**
   * The subjects that look most like the faces of a picture.
   *
   * @throws FaceError `not-found` for a group, `idempotency-conflict`, `unavailable`, and what acquiring throws.
   */
  identify(
    account: AccountId,
    input: IdentificationInput,
    signal?: AbortSignal,
  ): Promise<IdentificationOutcome>;
  /** Compares the faces of several pictures with each other and searches each of them, computing templates once. */
  verifyAndIdentify(
    account: AccountId,
    input: VerifyAndIdentifyInput,
    signal?: AbortSignal,
  ): Promise<VerificationWithCandidates>;
}

/** Where to search and how far. */
export interface SearchScope {
  /** Only members of one of these groups; empty: everybody. */
  readonly groupIds: readonly string[];
  readonly filter?: SubjectFilter;
  /** Subjects wanted for each face. Minimum: 1. */
  readonly subjectsMax: number;
  /** References with a comparison score above this false match rate are left out; 1 takes all. */
  readonly falseMatchRateMax: FalseMatchRate;
}

interface SubjectFilter {
  readonly op: 'in' | 'nin';
  readonly field: 'name' | 'externalId';
  readonly values: readonly string[];
}

export interface IdentificationInput {
  readonly image: EncodedImage;
  readonly resize?: Resize;
  readonly faces: AnalysisRequest['faces'];
  readonly portraits: readonly PortraitSpec[];
  readonly scope: SearchScope;
  /** Enrols the largest face as a new subject when no face has a candidate. */
  readonly enrolUnknown?: SubjectRequest;
  readonly idempotency?: IdempotencyRequest;
}

export type IdentificationOutcome =
  | { readonly outcome: 'failure-to-acquire'; readonly reason: AcquisitionFailure }
  | {
      readonly outcome: 'searched';
      readonly width: number;
      readonly height: number;
      /** At least one. */
      readonly faces: readonly SearchedFace[];
      /** Present when a new subject was made. */
      readonly enrolled?: { readonly subject: Subject; readonly reference: Reference };
    };

export interface SearchedFace {
  readonly face: AnalysedFace;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** References compared in full precision so that the answer is certain. */
  readonly reranked: number;
  /** References that were searched: the chances that a stranger had. */
  readonly searched: number;
}

export interface Candidate {
  readonly subject: Subject;
  /** Best first; at least one. */
  readonly references: readonly CandidateReference[];
}

export interface CandidateReference {
  readonly reference: Reference;
  readonly comparisonScore: ComparisonScore;
  readonly falseMatchRate: FalseMatchRate;
}

export interface VerifyAndIdentifyInput extends VerificationInput {
  readonly scope: SearchScope;
}

export interface VerificationWithCandidates extends Verification {
  /** By image, then face, as in `acquisitions`; an empty list for a picture without faces. */
  readonly candidates: readonly (readonly (readonly Candidate[])[])[];
}
