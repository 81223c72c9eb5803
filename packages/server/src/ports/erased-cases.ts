import type { CaseKind, CaseState } from '../domain/cases/case.ts';
import type { CaseName } from './case-records.ts';

/** What is left of a case that was erased. */
export interface ErasedCase extends CaseName {
  readonly state: 'deleted';
  readonly kind: CaseKind;
  readonly createdAt: Date;
  readonly erasedAt: Date;
  readonly comment: string;
  /** Absent for cases that were submitted before anybody counted. */
  readonly held?: HeldByCase;
  /** Files of the case that could not be removed yet. */
  readonly filesLeft: number;
  /** Present when it was being examined: until then another node may hold what was erased. In the future. */
  readonly examinedUntil?: Date;
}

/** What a case held in all its life. */
export interface HeldByCase {
  /** Files that were submitted and could not be shown. */
  readonly media: number;
  /** Files that could be shown. A clip that came to be shown is one of these alone. */
  readonly proofs: number;
  readonly decisions: 0 | 1;
  /** Whether somebody whom it enrolled was in the gallery when it was erased. */
  readonly persons: 0 | 1;
}

/** A case that is not erased. */
interface KeptCase extends CaseName {
  readonly state: Exclude<CaseState, 'deleted'>;
}

/** What is left of the cases of all spaces. */
export interface ErasedCases {
  /** @returns undefined where there never was a case of this reference. @throws FaceError `unavailable` */
  find(reference: string): Promise<ErasedCase | KeptCase | undefined>;
}
