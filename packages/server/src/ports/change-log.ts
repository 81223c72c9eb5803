import type { AccountId } from '../domain/enrolment/records.ts';

/** A place in the log. Opaque; comes from the log itself. */
export type LogPosition = string & { readonly __brand: 'LogPosition' };

/** A reference as it lies in the store. */
export interface SealedReference {
  readonly account: AccountId;
  readonly number: number;
  /** UUID. The template's seal is bound to it. */
  readonly id: string;
  readonly subjectNumber: number;
  /** UUID. The data key's seal is bound to it. */
  readonly subjectId: string;
  readonly sealedDataKey: Uint8Array;
  readonly sealedTemplate: Uint8Array;
}

export interface Membership {
  readonly groupNumber: number;
  readonly subjectNumber: number;
}

/**
 * How a thing that changed is now. Learning it twice, or in another order, changes nothing.
 */
export type Change =
  | { readonly kind: 'reference-present'; readonly reference: SealedReference }
  | { readonly kind: 'reference-absent'; readonly referenceNumber: number }
  | ({ readonly kind: 'member-present' } & Membership)
  | ({ readonly kind: 'member-absent' } & Membership)
  | { readonly kind: 'group-absent'; readonly groupNumber: number };

/** Receives the gallery as it stood at one moment. */
export interface SnapshotReader {
  /** How many references will come. */
  expect(references: number): void;
  references(batch: readonly SealedReference[]): Promise<void>;
  memberships(batch: readonly Membership[]): void;
}

/**
 * Every change of the gallery by any node. None is passed over: one that commits late is still seen, however many
 * later ones were seen before.
 *
 * Operations may throw FaceError `unavailable`.
 */
export interface ChangeLog {
  /**
   * Reads all that is enrolled with templates of one pack.
   *
   * @returns where to go on from: changes from there on may repeat what the snapshot holds, and none is missing.
   */
  snapshot(packId: string, reader: SnapshotReader): Promise<LogPosition>;
  /** Everything committed after a place, at most some thousands: what is committed by now is in it or in what follows. */
  after(packId: string, position: LogPosition): Promise<LogPage>;
  /** Calls back soon after a node has written. A hint: it may be lost. @returns ends it. */
  onWrite(listener: () => void): Promise<() => Promise<void>>;
  /** Removes lines older than `before`. */
  trim(before: Date): Promise<void>;
  /** Number of references by the pack of their templates. */
  census(): Promise<ReadonlyMap<string, number>>;
}

export interface LogPage {
  readonly changes: readonly Change[];
  /** Behind the last line before which nothing can still appear. To be kept. */
  readonly settled: LogPosition;
  /** Behind the last line of this page. For reading on at once. */
  readonly next: LogPosition;
  /** Whether there are further lines. */
  readonly more: boolean;
}
