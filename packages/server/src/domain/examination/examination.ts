import type {
  AnalysedFace,
  ComparisonScore,
  FalseMatchRate,
  Injection,
  PresentationAttack,
} from '@facegate/engine/vocabulary';
import type { AcquisitionFailure, EncodedImage } from '../acquisition/acquire.ts';
import type { Picture } from '../acquisition/acquire-picture.ts';
import type { AccountId } from '../enrolment/records.ts';
import type { Candidate } from '../identification/identification.ts';
import type { CaptureDefects } from '../quality/capture-defects.ts';
import type { Coverings } from './coverings.ts';

/**
 * Pictures that are examined before anything is done with them: analysed once for all that is asked, and used only when
 * every check is passed.
 *
 * Subjects are named by their caller's own word for them, which is unique within an account here. Every operation may
 * throw what acquiring a picture throws; those that lean on the store also FaceError `unavailable`.
 */
export interface Examinations {
  examine(request: ExaminationRequest, signal?: AbortSignal): Promise<Examination>;
  /**
   * Compares the face of a picture with all references of one subject; the most similar one counts.
   *
   * @throws FaceError `not-found`, unless the picture cannot be read: that is told first. `too-many-attempts`.
   */
  verifySubject(
    account: AccountId,
    input: SubjectVerificationInput,
    signal?: AbortSignal,
  ): Promise<SubjectVerification>;
  /** Compares the faces of two pictures. */
  verifyPair(input: PairVerificationInput, signal?: AbortSignal): Promise<PairVerification>;
  /** Enrols the face of a picture as the one reference of a subject, in place of all that was kept of it. */
  enrolSubject(
    account: AccountId,
    input: SubjectEnrolmentInput,
    signal?: AbortSignal,
  ): Promise<SubjectEnrolment>;
  /** The subjects most like the face of a picture. */
  searchSubjects(account: AccountId, input: SubjectSearchInput, signal?: AbortSignal): Promise<SubjectSearch>;
}

/** What may be told of a picture's face and has to be passed where that is asked. */
export type CheckedAspect = 'presentation-attack' | 'coverings' | 'capture';

/** What may be told of a picture's face. */
export type Aspect = CheckedAspect | 'injection';

/** What a picture may have to pass. */
export type Check = CheckedAspect | 'single-face';

export interface ExaminationRequest {
  readonly image: EncodedImage;
  readonly aspects: readonly Aspect[];
  /** The aspect of a check is told as well. */
  readonly checks: readonly Check[];
}

export type Examination =
  | { readonly outcome: 'failure-to-acquire'; readonly reason: AcquisitionFailure }
  | Examined;

export interface Examined extends Findings {
  readonly outcome: 'examined';
  readonly picture: Picture;
  /** The most prominent one: large and near the middle. */
  readonly face: AnalysedFace;
  /** In the order of the request. */
  readonly failed: readonly Check[];
}

/** Absent aspects were not asked. */
export interface Findings {
  /** Faces in the picture of about a twentieth of its longer side or more. Minimum: 1. */
  readonly faceCount: number;
  readonly capture?: CaptureDefects;
  readonly coverings?: Coverings;
  readonly presentationAttack?: AttackFinding;
  readonly injection?: Injection;
}

/** Without a probability the model pack has nothing to tell it by. */
export type AttackFinding = Pick<PresentationAttack, 'outcome'> &
  Partial<Pick<PresentationAttack, 'attackProbability'>>;

/** Why nothing was done with a picture. */
export type Unused =
  | Extract<Examination, { outcome: 'failure-to-acquire' }>
  | { readonly outcome: 'refused'; readonly examined: Examined };

export interface SubjectVerificationInput {
  readonly examination: ExaminationRequest;
  readonly externalId: string;
  /** Operating point. */
  readonly falseMatchRateMax: FalseMatchRate;
}

export interface Verdict {
  readonly outcome: 'match' | 'non-match';
  readonly comparisonScore: ComparisonScore;
  readonly falseMatchRate: FalseMatchRate;
}

export type SubjectVerification =
  | Extract<Unused, { outcome: 'failure-to-acquire' }>
  | (Extract<Unused, { outcome: 'refused' }> & OfSubject)
  | (Verdict & OfSubject & { readonly examined: Examined });

interface OfSubject {
  readonly subjectId: string;
}

export interface PairVerificationInput {
  readonly examinations: Pair<ExaminationRequest>;
  /** Operating point. */
  readonly falseMatchRateMax: FalseMatchRate;
}

export type Pair<Item> = readonly [Item, Item];

export type PairVerification =
  | {
      readonly outcome: 'failure-to-acquire';
      readonly reason: AcquisitionFailure;
      /** Position of the first picture without a usable face. */
      readonly position: 0 | 1;
    }
  | { readonly outcome: 'refused'; readonly examined: Pair<Examined> }
  | (Verdict & { readonly examined: Pair<Examined> });

export interface SubjectEnrolmentInput {
  readonly examination: ExaminationRequest;
  /** Absent: one is made. */
  readonly externalId?: string;
}

export type SubjectEnrolment =
  | Unused
  | (OfSubject & {
      readonly outcome: 'enrolled';
      readonly examined: Examined;
      readonly externalId: string;
    });

export interface SubjectSearchInput {
  readonly examination: ExaminationRequest;
  /** Minimum: 1. */
  readonly subjectsMax: number;
  readonly falseMatchRateMax: FalseMatchRate;
}

export type SubjectSearch =
  | Unused
  | {
      readonly outcome: 'searched';
      readonly examined: Examined;
      /** Best first. */
      readonly candidates: readonly Candidate[];
    };
