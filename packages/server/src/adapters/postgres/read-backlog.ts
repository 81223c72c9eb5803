import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Backlog, GivenUpNotice } from '../../ports/notices.ts';
import { onlyRow, type Session } from './session.ts';

const LISTED_MAX = 100;

export async function readBacklog(session: Session, space: AccountId): Promise<Backlog> {
  const waiting = await session.query<{ count: number }>(
    'select count(*)::integer as count from facegate.notice where space = $1 and given_up_at is null',
    [space],
  );
  const { rows } = await session.query<GivenUpNotice>(
    `select c.reference, n.event, n.given_up_at as at, n.reason
     from facegate.notice n join facegate.media_case c on c.number = n.case_number
     where n.space = $1 and n.given_up_at is not null order by n.given_up_at desc, n.number desc limit $2`,
    [space, LISTED_MAX],
  );
  return { waiting: onlyRow(waiting.rows).count, givenUp: rows };
}
