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

/** What happened to the gallery, in the order of the log. Applying one twice changes nothing. */
export type Change =
  | { readonly kind: 'reference-added'; readonly reference: SealedReference }
  | { readonly kind: 'reference-removed'; readonly referenceNumber: number }
  | ({ readonly kind: 'member-added' } & Membership)
  | ({ readonly kind: 'member-removed' } & Membership)
  | { readonly kind: 'group-removed'; readonly groupNumber: number };

/** Receives the gallery as it stood at one moment. */
export interface SnapshotReader {
  /** How many references will come. */
  expect(references: number): void;
  references(batch: readonly SealedReference[]): Promise<void>;
  memberships(batch: readonly Membership[]): Promise<void>;
}

/**
 * Every change of the gallery by any node, in an order in which none is passed over: a change that commits late is
 * still seen, however many later ones were seen before.
 */
export interface ChangeLog {
  /**
   * Reads all that is enrolled with templates of one pack.
   *
   * @returns where to go on from: changes from there on may repeat what the snapshot holds, and none is missing.
   */
  snapshot(packId: string, reader: SnapshotReader): Promise<LogPosition>;
  /**
   * The next changes after a place, at most a few thousand.
   *
   * @returns `more` when further ones are there already.
   */
  after(packId: string, position: LogPosition): Promise<LogPage>;
  /** Calls back soon after a node has written. A hint: it may be lost. @returns ends it. */
  onWrite(listener: () => void): () => Promise<void>;
  /** Removes changes older than `before`. */
  trim(before: Date): Promise<void>;
  /** References by the pack of their templates. */
  census(): Promise<ReadonlyMap<string, number>>;
}

export interface LogPage {
  readonly changes: readonly Change[];
  readonly position: LogPosition;
  readonly more: boolean;
}
