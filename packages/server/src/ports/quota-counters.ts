import type { Quota } from '../domain/accounts/account.ts';
import type { AccountId } from '../domain/enrolment/records.ts';

/** Uses counted for good. Every operation may throw FaceError `unavailable`. */
export interface QuotaCounters {
  /**
   * Takes one of each, or none when one is used up. Atomic; on disk before it is answered.
   *
   * @returns the first, in the order given, that is used up.
   */
  take(account: AccountId, quotas: readonly QuotaLimit[]): Promise<Quota | undefined>;
}

export interface QuotaLimit {
  readonly quota: Quota;
  /** Uses from the account's beginning. 0 allows none. */
  readonly limit: number;
}
