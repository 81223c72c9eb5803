/**
 * What is kept of people. Everything belongs to one account; no operation reaches across.
 *
 * @module
 */

/** Whose data it is. */
export type AccountId = string & { readonly __brand: 'AccountId' };

/** The account of surfaces that know no credentials. */
export const LOCAL_ACCOUNT = 'local' as AccountId;

/** A caller's own words about a subject, group or reference: a JSON object, kept as it came. */
export type Metadata = Readonly<Record<string, unknown>>;

export interface Group {
  /** UUID, ordered by time of creation. */
  readonly id: string;
  readonly name: string;
  readonly metadata: Metadata;
  readonly createdAt: Date;
}

/** The person a record is about. */
export interface Subject {
  /** UUID, ordered by time of creation. */
  readonly id: string;
  readonly name: string;
  /** The caller's own name for the subject. Not necessarily unique. */
  readonly externalId?: string;
  readonly metadata: Metadata;
  /** Ids of the groups it belongs to, latest first. */
  readonly groupIds: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Erased soon after. Absent: kept until deleted. */
  readonly expiresAt?: Date;
}

/** An enrolled picture of a subject, with the template computed of its face. */
export interface Reference {
  /** UUID, ordered by time of creation. */
  readonly id: string;
  readonly subjectId: string;
  /** Media type of the picture, such as `image/jpeg`. */
  readonly contentType: string;
  readonly metadata: Metadata;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A part of a list, in descending order of id (the latest first). */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 1. */
  readonly number: number;
  /** Number of pages at this size; at least 1. */
  readonly total: number;
}

export interface PageRequest {
  /** From 1. */
  readonly number: number;
  /** Items on a page. Minimum: 1. */
  readonly size: number;
}
