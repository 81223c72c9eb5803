import type { CaseKind, CaseState, EnrolmentWish, ProofName } from '../domain/cases/case.ts';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { NewReference, NewSubject } from './records.ts';

/** Media of a case, sealed with the case's key in the blob store. */
export interface CaseMedium {
  readonly name: ProofName;
  readonly contentType: string;
  readonly blobId: string;
}

/** A medium that can be shown. */
export interface CaseProof extends CaseMedium {
  /** 24 hexadecimal digits, unguessable. */
  readonly id: string;
}

/** Whose case it is; references are unique among all spaces. */
export interface CaseName {
  readonly space: AccountId;
  readonly reference: string;
}

interface CaseFields extends CaseName {
  readonly kind: CaseKind;
  readonly clientReference?: string;
  readonly createdAt: Date;
  /** By the master key. Whoever loses it loses media, decision and proofs. */
  readonly sealedDataKey: Uint8Array;
}

export interface NewCase extends CaseFields {
  readonly media: readonly CaseMedium[];
  /** Absent: nobody is to be enrolled. */
  readonly enrol?: EnrolmentWish;
}

export interface StoredCase extends CaseFields {
  readonly state: Exclude<CaseState, 'deleted'>;
  /** With the case's key. Present when completed. */
  readonly sealedDecision?: Uint8Array;
  /** None before it is completed. */
  readonly proofs: readonly CaseProof[];
}

/** The right to decide a case, until it lapses: what is done with an earlier lease of the case does nothing. */
export interface Lease {
  readonly reference: string;
  readonly leaseId: string;
}

/** A case that was claimed. */
export interface AttemptedCase extends CaseName {
  readonly kind: CaseKind;
  /** Claims that counted so far, the last one included. 1 or more. */
  readonly attempts: number;
}

export interface ClaimedCase extends NewCase, AttemptedCase {
  readonly lease: Lease;
}

export interface SealedCaseKey extends CaseName {
  /** Pages are read along it. */
  readonly caseNumber: number;
  readonly sealedDataKey: Uint8Array;
}

interface CaseKeyChange {
  readonly caseNumber: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Cases and the queue of those to be decided, one for all nodes of a store. Time is the store's own.
 *
 * What is resolved is on disk. Every operation may throw FaceError `unavailable`. Blobs that a case no longer names are
 * noted for removal like those of persons, and known like theirs. Where the space has a callback, a case that is
 * inserted, completed or fails leaves a notice with it (`NoticeQueue`): both are kept, or neither.
 */
export interface CaseRecords {
  /** @returns false when there is, or was, a case of this reference. */
  insert(submitted: NewCase): Promise<boolean>;
  /** @returns undefined for one that is deleted, or another space's. */
  find(name: CaseName): Promise<StoredCase | undefined>;
  /** @returns undefined when nothing is shown under this id any more. */
  findProof(id: string): Promise<(CaseProof & CaseName & Pick<CaseFields, 'sealedDataKey'>) | undefined>;

  /**
   * Takes the pending case that waits longest, for a time. Of several that claim at once each gets another.
   *
   * @returns undefined when none is due.
   */
  claim(leaseMs: number): Promise<ClaimedCase | undefined>;
  /**
   * Lets a lease last for `leaseMs` from now.
   *
   * @returns false, with nothing done, when the lease has lapsed and was recovered, or the case is settled or deleted.
   */
  renew(lease: Lease, leaseMs: number): Promise<boolean>;
  /**
   * Keeps all of the outcome, or nothing of it.
   *
   * @returns as `renew`.
   * @throws  FaceError `unavailable` when a key of the enrolment is sealed by a retired master key.
   */
  complete(lease: Lease, outcome: CaseOutcome): Promise<boolean>;
  /** Waits for another claim. @param isCounted  whether the attempt counts. @returns as `renew`. */
  giveBack(lease: Lease, again: { readonly afterMs: number; readonly isCounted: boolean }): Promise<boolean>;
  /** @returns as `renew`. */
  fail(lease: Lease): Promise<boolean>;
  /** Puts cases whose lease lapsed back; those claimed `attemptsMax` times fail. @returns those that failed. */
  recover(attemptsMax: number): Promise<AttemptedCase[]>;

  /**
   * Leaves reference, times and comment; whom the case enrolled is removed with it.
   *
   * @returns its blobs that are still there, or undefined as `find`.
   */
  erase(name: CaseName, comment: string): Promise<string[] | undefined>;
  /** Cases from before a moment that are not deleted and of which nobody is enrolled, oldest first. */
  createdBefore(moment: Date, limit: number): Promise<CaseName[]>;

  /** Calls back soon after a case was inserted, settled or given back. A hint: it may be lost. @returns ends it. */
  onChange(listener: () => void): Promise<() => Promise<void>>;

  /** Ascending, of cases that are not deleted. @param after  number of the last one of the page before; 0 for none. */
  sealedKeys(after: number, limit: number): Promise<SealedCaseKey[]>;
  /** Leaves those that are no longer `before`. @returns how many were replaced. */
  replaceSealedKeys(changes: readonly CaseKeyChange[]): Promise<number>;
}

export interface CaseOutcome {
  /** What whoever has a callback is told. */
  readonly isAccepted: boolean;
  readonly sealedDecision: Uint8Array;
  /** In the place of all media. A blob may be kept under the same name. */
  readonly proofs: readonly CaseProof[];
  readonly enrolment?: CaseEnrolment;
}

/** A subject of the case's space that is its case's from now on. */
export interface CaseEnrolment {
  readonly subject: NewSubject;
  readonly references: readonly Omit<NewReference, 'subjectNumber'>[];
  /** The latest subject of the same external id goes, if there is one. */
  readonly replacesLatest: boolean;
}
