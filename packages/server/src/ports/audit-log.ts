import type { AccountId } from '../domain/enrolment/records.ts';

/** A line of the audit trail as it is kept. */
export interface AuditLine {
  /** From 1, without gaps, in the order of writing. */
  readonly number: number;
  /** When it happened, to the millisecond. Not necessarily in the order of writing. */
  readonly at: Date;
  readonly account: AccountId;
  readonly actor: string;
  readonly action: string;
  readonly subjects: readonly string[];
  readonly outcome: string;
  /** JSON, kept as the text it came as. */
  readonly details: string;
  readonly requestId: string | undefined;
  /** Hash of the line before, 32 bytes. */
  readonly previous: Uint8Array;
  /** Keyed hash of all the others, 32 bytes. */
  readonly hash: Uint8Array;
}

/** A place in the trail, sealed with its key. */
export interface TrailMark {
  /** Of the line it names; 0: before the first one. */
  readonly number: number;
  /** That line's hash. */
  readonly hash: Uint8Array;
  /** Keyed hash of both. */
  readonly seal: Uint8Array;
}

/** The one trail of a store. */
export interface Trail {
  /** UUID. */
  readonly id: string;
  /** Sealed by the master key. */
  readonly sealedKey: Uint8Array;
  /** The last line that was written. */
  readonly head: TrailMark;
  /** The last line that was removed because of its age. */
  readonly cut: TrailMark;
}

/** What a reader may ask for; all of it at once. */
export interface TrailFilter {
  readonly account?: AccountId;
  readonly action?: string;
  readonly subject?: string;
  /** Of what happened at this moment or later. */
  readonly since?: Date;
}

/** The trail as it was at one moment. */
export interface TrailView {
  readonly trail: Trail | undefined;
  /** Of all lines that are there. */
  readonly lineCount: number;
  /** Lines with a number above `after`, ascending, at most `linesMax`. */
  lines(after: number, linesMax: number, filter?: TrailFilter): Promise<AuditLine[]>;
}

/**
 * Keeps the lines of the audit trail. What is resolved is on disk. It knows no key: hashes come from whoever calls.
 *
 * Every operation may throw FaceError `unavailable`; then it is not known whether it was done.
 */
export interface AuditLog {
  trail(): Promise<Trail | undefined>;
  /** @returns the trail of the store: `trail` where there was none. Of several that begin at once all get the same. */
  begin(trail: Trail): Promise<Trail>;
  /**
   * Writes lines and moves the head, both or neither. Nobody else appends meanwhile.
   *
   * @param follow may be called again with another head, and must not wait. A FaceError that it throws is thrown.
   * @throws FaceError `internal` when there is no trail.
   */
  append(follow: (head: TrailMark) => Appended): Promise<void>;
  /** Removes all lines up to that of `to`. @returns false, with nothing done, when the cut is no longer at `from`. */
  cut(from: TrailMark, to: TrailMark): Promise<boolean>;
  /** @returns false when the sealed key is no longer `before`. */
  replaceSealedKey(before: Uint8Array, after: Uint8Array): Promise<boolean>;
  /** Reads the trail as it is at one moment, for however long that takes. Writers do not wait. */
  inspect<T>(read: (view: TrailView) => Promise<T>): Promise<T>;
}

export interface Appended {
  readonly lines: readonly AuditLine[];
  readonly head: TrailMark;
}
