import type { ComparisonScore, FalseMatchRate } from '@facegate/engine/vocabulary';

/** Where the examination of a submission stands. */
export const CASE_STATES = ['pending', 'processing', 'completed', 'failed', 'deleted'] as const;

export type CaseState = (typeof CASE_STATES)[number];

/** Every legal move; whatever else is a defect. A `processing` case whose worker died is `pending` again. */
export const CASE_MOVES: Readonly<Record<CaseState, readonly CaseState[]>> = {
  pending: ['processing', 'deleted'],
  processing: ['pending', 'completed', 'failed', 'deleted'],
  completed: ['deleted'],
  failed: ['deleted'],
  deleted: [],
};

/** What a case asks. */
export type CaseKind = 'injection' | 'verification' | 'identification' | 'age-estimation' | 'enrolment';

/** The pictures that can be shown of a case; of a clip, frames. Of an enrolment the first is shown. */
export type ProofName = 'probe' | 'reference' | 'video' | 'first-frame' | 'worst-frame' | FurtherProbe;

/** Of an enrolment of several pictures. */
export type FurtherProbe = `probe-${2 | 3 | 4 | 5}`;

/**
 * That the probe of a case is enrolled once the case is accepted, under its client reference: beside whom that names
 * already, or in the place of the latest of them.
 */
export type EnrolmentWish = 'add' | 'replace-latest';

/**
 * Why a submission is not accepted, each only where it was measured. In the order in which they are told: the first
 * one counts.
 */
export const DECLINE_CAUSES = [
  'unreadable',
  'no-face',
  'no-face-in-reference',
  'no-face-in-both',
  'manipulated',
  'presentation-attack',
  'blurred',
  'dark',
  'bright',
  'not-matched',
] as const;

export type DeclineCause = (typeof DECLINE_CAUSES)[number];

export type CaseDecision = CaseVerdict & {
  /** Id of the subject that was enrolled with the decision. */
  readonly enrolledSubjectId?: string;
};

type CaseVerdict =
  | {
      readonly kind: 'injection';
      readonly isAccepted: boolean;
      /** Those that hold, in their order; empty when accepted. */
      readonly causes: readonly DeclineCause[];
      /** Calibrated probability that the face was swapped, generated or edited, 0..1. Absent without a face. */
      readonly manipulationProbability?: number;
      /** Whether the evidence carries the verdict, or only the threshold does. */
      readonly isDetermined: boolean;
    }
  | {
      readonly kind: 'verification';
      readonly isAccepted: boolean;
      readonly causes: readonly DeclineCause[];
      /** Absent when a picture has no face. */
      readonly comparison?: {
        readonly comparisonScore: ComparisonScore;
        readonly falseMatchRate: FalseMatchRate;
      };
    }
  | {
      readonly kind: 'identification';
      readonly isAccepted: boolean;
      readonly causes: readonly DeclineCause[];
      /** Who was found. Absent when nobody was, which declines nothing. */
      readonly candidate?: CaseCandidate;
    }
  | {
      readonly kind: 'age-estimation';
      readonly isAccepted: boolean;
      readonly causes: readonly DeclineCause[];
      /** Absent without a face. */
      readonly ageYears?: number;
    }
  | {
      readonly kind: 'enrolment';
      readonly isAccepted: boolean;
      readonly causes: readonly DeclineCause[];
    };

/** Somebody enrolled who looks like the probe of a case. */
export interface CaseCandidate {
  readonly subjectId: string;
  /** Of the case that enrolled them. */
  readonly reference?: string;
  /** That case's. */
  readonly clientReference?: string;
  readonly comparisonScore: ComparisonScore;
  readonly falseMatchRate: FalseMatchRate;
}

/** A case as its owner sees it. */
export interface Case {
  /** 15 of `0-9A-Z`, unguessable. */
  readonly reference: string;
  readonly kind: CaseKind;
  /** The caller's own word for it. */
  readonly clientReference?: string;
  /** Never `deleted`: who looks then finds nothing. */
  readonly state: Exclude<CaseState, 'deleted'>;
  readonly createdAt: Date;
  /** Present when completed. */
  readonly decision?: CaseDecision;
  /** What can be shown of it now. */
  readonly proofs: readonly ProofName[];
}
