import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { spaceOf } from '../../domain/accounts/space-of.ts';
import type { NoticeLease, NoticeQueue } from '../../ports/notices.ts';
import { claimedNoticeOf, NOTICE_COLUMNS, type NoticeRow } from './notice-rows.ts';
import { readBacklog } from './read-backlog.ts';
import type { Session } from './session.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** The NoticeQueue port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createNoticeQueue(pool: Pool): NoticeQueue {
  const session = withFaceErrors(pool);
  return {
    claim: (leaseMs) => claim(session, leaseMs),
    settle: (lease) =>
      change(session, lease, { text: 'delete from facegate.notice where id = $1 and lease = $2' }),
    postpone: (lease, { afterMs, reason }) =>
      release(session, lease, {
        set: `due_at = now() + $3 * interval '1 ms', reason = $4`,
        values: [afterMs, reason],
      }),
    giveBack: (lease) => release(session, lease, { set: 'due_at = now(), attempts = attempts - 1' }),
    abandon: (lease, reason) =>
      release(session, lease, { set: 'given_up_at = now(), reason = $3', values: [reason] }),
    backlog: ({ account, door }) => readBacklog(session, spaceOf(account, door)),
  };
}

async function claim(session: Session, leaseMs: number): ReturnType<NoticeQueue['claim']> {
  const leaseId = randomUUID();
  const { rows } = await session.query<NoticeRow>(
    `with due as (
       select n.number from facegate.notice n
       where n.given_up_at is null and n.due_at <= now() and not exists (
         select from facegate.notice told
         where told.space = n.space and told.lease is not null and told.due_at > now()
       )
       order by n.due_at, n.number limit 1 for update of n skip locked
     )
     update facegate.notice n set lease = $1, attempts = n.attempts + 1, due_at = now() + $2 * interval '1 ms'
     from due, facegate.callback k, facegate.media_case c
     where n.number = due.number and k.space = n.space and c.number = n.case_number
     returning ${NOTICE_COLUMNS}`,
    [leaseId, leaseMs],
  );
  return rows.map((row) => claimedNoticeOf(row, leaseId))[0];
}

interface Release {
  /** Assignments, with parameters from $3. */
  readonly set: string;
  readonly values?: readonly unknown[];
}

const release = (session: Session, lease: NoticeLease, { set, values }: Release): Promise<boolean> =>
  change(session, lease, {
    text: `update facegate.notice set lease = null, ${set} where id = $1 and lease = $2`,
    values,
  });

interface Change {
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
}

async function change(
  session: Session,
  { noticeId, leaseId }: NoticeLease,
  { text, values = [] }: Change,
): Promise<boolean> {
  const { rowCount } = await session.query(text, [noticeId, leaseId, ...values]);
  return rowCount === 1;
}
