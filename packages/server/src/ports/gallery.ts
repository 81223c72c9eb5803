import type { ComparisonScore, Template } from '@facegate/engine/vocabulary';
import type { AccountId } from '../domain/enrolment/records.ts';

/**
 * The references of one pack in memory, searched exactly: an answer is what comparing the probe with every
 * reference would give.
 *
 * A change is visible to every search that begins after `add`, `remove` or a membership call has returned.
 */
export interface Gallery {
  /** References. */
  readonly size: number;
  has(referenceNumber: number): boolean;
  /** References known already are passed over. @throws FaceError `overloaded` when memory is full. */
  add(references: readonly GalleryReference[]): void;
  remove(referenceNumbers: readonly number[]): void;
  addMember(groupNumber: number, subjectNumber: number): void;
  removeMember(groupNumber: number, subjectNumber: number): void;
  removeGroup(groupNumber: number): void;
  /**
   * The best references of the best subjects.
   *
   * @returns by subject, best first; each subject's references that reach `scoreMin`, best first.
   * @throws FaceError `timeout` when `signal` fires, `overloaded` when too many searches wait.
   */
  nearest(query: GalleryQuery, signal?: AbortSignal): Promise<GalleryAnswer>;
  close(): Promise<void>;
}

export interface GalleryReference {
  readonly account: AccountId;
  readonly number: number;
  readonly subjectNumber: number;
  /** Unit length. Copied. */
  readonly values: Float32Array;
}

export interface GalleryQuery {
  readonly account: AccountId;
  readonly probe: Template;
  /** Subjects wanted. Minimum: 1. */
  readonly subjectsMax: number;
  /** References that score lower are left out. */
  readonly scoreMin: ComparisonScore;
  /** Only subjects that belong to one of these groups. Absent: all. */
  readonly groupNumbers?: readonly number[];
  /** Only these subjects, or all but these. */
  readonly subjects?: { readonly op: 'in' | 'nin'; readonly numbers: readonly number[] };
}

export interface GalleryAnswer {
  readonly candidates: readonly GalleryCandidate[];
  /** References compared in full precision to make the answer certain. */
  readonly reranked: number;
  /** References that the filters left to search. */
  readonly searched: number;
}

export interface GalleryCandidate {
  readonly subjectNumber: number;
  readonly references: readonly { readonly number: number; readonly score: ComparisonScore }[];
}
