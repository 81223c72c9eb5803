import type { Door, Principal, Quota } from '../accounts/account.ts';
import type { AccountId } from '../enrolment/records.ts';

/** What keeps one caller from using up what belongs to all. Nodes on one database count together. */
export interface Limits {
  /**
   * Counts a request of an account at its door. Never throws for a caller that asks too often: see `isAllowed`.
   *
   * @param address  where it came from, if it was counted among strangers: it is taken from their count again, or an
   *                 account could not ask more often than a stranger may.
   */
  countRequest(principal: Principal, address?: string): Promise<RateAnswer>;
  /** Counts a request of somebody unknown, by network address, before any credentials are looked at. */
  countStranger(address: string): Promise<RateAnswer>;
  /**
   * Counts a request for a token, by network address and whom it is said to be for: in a count apart from the
   * account's, with the door's limit.
   */
  countTokenRequest(door: Door, address: string, identifier: string): Promise<RateAnswer>;
  /**
   * Takes one of each quota, or none when one is used up. In live mode nothing is counted.
   *
   * @returns the first, in the order given, that is used up; undefined when all were to be had.
   */
  takeQuotas(principal: Principal, quotas: readonly Quota[]): Promise<Quota | undefined>;
  /**
   * To be called before a 1:1 verification of a subject. The attempt counts as a failure until it ends otherwise, so
   * that attempts at the same time do not slip through.
   *
   * @throws FaceError `too-many-attempts` while the delay after too many failures lasts.
   */
  beginAttempt(attempt: Attempt): Promise<void>;
  /** To be called after it, whatever came of it. */
  endAttempt(attempt: Attempt, outcome: AttemptOutcome): Promise<void>;
}

export interface Attempt {
  readonly space: AccountId;
  /** The subject that somebody claims to be. */
  readonly subjectId: string;
  /** More failures are borne where a presentation attack would be noticed. */
  readonly isLivenessChecked: boolean;
}

/**
 * A success forgets the failures before it. `abandoned` is an attempt in which nothing was compared, because a picture
 * could not be read or a machine failed: it counts for nothing, but a delay that it waited for begins anew.
 */
export type AttemptOutcome = 'success' | 'failure' | 'abandoned';

export interface RateAnswer {
  readonly isAllowed: boolean;
  /** Requests in any window of `windowSeconds`. Infinity: without limit, and then so is `remaining`. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** After this one. */
  readonly remaining: number;
  /** When all of the limit is to be had again. */
  readonly resetAt: Date;
  /** Until one more is allowed, whole seconds; 0 while there are some. */
  readonly retryAfterSeconds: number;
}
