import type { CaseEvent } from '../../domain/callbacks/callback.ts';
import type { Session } from './session.ts';

/**
 * Writes, in the transaction of the event itself, that whoever has a callback for these cases is to be told.
 *
 * A callback that is being removed is waited for, and then passed over: else its end would fail the case.
 */
export async function noteEvent(
  session: Session,
  caseNumbers: readonly string[],
  event: CaseEvent,
): Promise<void> {
  if (caseNumbers.length === 0) return;
  await session.query(
    `insert into facegate.notice (space, case_number, event)
     select k.space, c.number, $2 from facegate.media_case c join facegate.callback k on k.space = c.space
     where c.number = any ($1::bigint[]) for key share of k`,
    [caseNumbers, event],
  );
}

/** What was not told of an erased case is not told any more. */
export async function forgetNotices(session: Session, caseNumber: string): Promise<void> {
  await session.query('delete from facegate.notice where case_number = $1', [caseNumber]);
}
