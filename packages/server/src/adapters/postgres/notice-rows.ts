import type { CallbackDoor, CaseEvent } from '../../domain/callbacks/callback.ts';
import type { CaseKind } from '../../domain/cases/case.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { ClaimedNotice } from '../../ports/notices.ts';

/** Of a notice `n`, its callback `k` and its case `c`. */
export const NOTICE_COLUMNS = `
  n.id, n.event, n.attempts, k.space, k.account, k.door, k.url,
  c.reference, c.client_reference, c.kind`;

export interface NoticeRow {
  readonly id: string;
  readonly event: CaseEvent;
  readonly attempts: number;
  readonly space: AccountId;
  readonly account: AccountId;
  readonly door: CallbackDoor;
  readonly url: string;
  readonly reference: string;
  readonly client_reference: string | null;
  readonly kind: CaseKind;
}

export const claimedNoticeOf = (row: NoticeRow, leaseId: string): ClaimedNotice => ({
  notice: {
    id: row.id,
    event: row.event,
    reference: row.reference,
    ...(row.client_reference !== null && { clientReference: row.client_reference }),
    kind: row.kind,
  },
  callback: { account: row.account, door: row.door, url: row.url },
  space: row.space,
  lease: { noticeId: row.id, leaseId },
  attempts: row.attempts,
});
