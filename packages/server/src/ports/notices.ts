import type { CallbackAddress, CaseEvent, Notice } from '../domain/callbacks/callback.ts';
import type { AccountId } from '../domain/enrolment/records.ts';

/** The right to tell a notice, until it lapses: what is done with an earlier lease of it does nothing. */
export interface NoticeLease {
  readonly noticeId: string;
  readonly leaseId: string;
}

export interface ClaimedNotice {
  readonly notice: Notice;
  /** As it is now, not as it was when the notice came to be. */
  readonly callback: CallbackAddress;
  /** Whose case it is about. */
  readonly space: AccountId;
  readonly lease: NoticeLease;
  /** Claims that counted so far, this one included. 1 or more. */
  readonly attempts: number;
}

/** What has not been told at one door of an account. */
export interface Backlog {
  readonly waiting: number;
  /** The latest first, at most 100. */
  readonly givenUp: readonly GivenUpNotice[];
}

export interface GivenUpNotice {
  readonly reference: string;
  readonly event: CaseEvent;
  /** When it was given up. */
  readonly at: Date;
  readonly reason: string;
}

/**
 * What is to be told of cases, one queue for all nodes of a store. Time is the store's own.
 *
 * A notice comes to be in the transaction of the event itself, where the case's space has a callback by then
 * (`CaseRecords`), and is gone when it was told, when its case is erased or when the callback is removed. What is
 * resolved is on disk. Every operation may throw FaceError `unavailable`.
 */
export interface NoticeQueue {
  /**
   * Takes the notice that waits longest, for a time. Of several that claim at once each gets another, and a space whose
   * notice is being told waits with its others: a slow receiver holds up itself alone.
   *
   * @returns undefined when none is due.
   */
  claim(leaseMs: number): Promise<ClaimedNotice | undefined>;
  /** It was told. @returns false, with nothing done, when the lease lapsed and was taken by another, or the notice is gone. */
  settle(lease: NoticeLease): Promise<boolean>;
  /** It was not told, and waits for another attempt. @returns as `settle`. */
  postpone(
    lease: NoticeLease,
    again: { readonly afterMs: number; readonly reason: string },
  ): Promise<boolean>;
  /** The attempt was cut short: another may begin at once, and this one does not count. @returns as `settle`. */
  giveBack(lease: NoticeLease): Promise<boolean>;
  /** It was not told and will not be: kept for the operator. @returns as `settle`. */
  abandon(lease: NoticeLease, reason: string): Promise<boolean>;
  backlog(owner: Pick<CallbackAddress, 'account' | 'door'>): Promise<Backlog>;
}
