import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { CaseState } from '../../domain/cases/case.ts';
import type { CaseOutcome, CaseRecords, Lease } from '../../ports/case-records.ts';
import { type CaseNumber, enrolSubjectOf } from './case-enrolments.ts';
import { insertMedia, removeMedia } from './case-media.ts';
import { mayBecome } from './case-moves.ts';
import { attemptedCaseOf, CASE_COLUMNS, type CaseRow, newCaseOf } from './case-rows.ts';
import { noteEvent } from './note-event.ts';
import type { Session } from './session.ts';
import { runTransaction } from './transaction.ts';
import { withFaceErrors } from './with-face-errors.ts';

type CaseQueue = Pick<CaseRecords, 'claim' | 'renew' | 'complete' | 'giveBack' | 'fail' | 'recover'>;

/** @param send  tells the nodes that something is to be done, or is done. */
export function createCaseQueue(pool: Pool, send: () => void): CaseQueue {
  const session = withFaceErrors(pool);
  const sending = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    send();
    return result;
  };
  return {
    claim: (leaseMs) => claim(session, leaseMs),
    renew: (lease, leaseMs) => renew(session, lease, leaseMs),
    complete: (lease, outcome) => sending(runTransaction(pool, (one) => complete(one, lease, outcome))),
    giveBack: (lease, again) => sending(giveBack(session, lease, again)),
    fail: (lease) => sending(runTransaction(pool, (one) => fail(one, lease))),
    recover: async (attemptsMax) => {
      const lapsed = await runTransaction(pool, (one) => recover(one, attemptsMax));
      if (lapsed.length > 0) send();
      return lapsed.filter(isFailed).map(attemptedCaseOf);
    },
  };
}

async function claim(session: Session, leaseMs: number): ReturnType<CaseRecords['claim']> {
  const leaseId = randomUUID();
  const { rows } = await session.query<CaseRow>(
    `with due as (
       select number from facegate.media_case where state = any ($3::text[]) and due_at <= now()
       order by due_at, number limit 1 for update skip locked
     )
     update facegate.media_case c
     set state = 'processing', lease = $1, attempts = attempts + 1, due_at = now() + $2 * interval '1 ms'
     from due where c.number = due.number returning ${CASE_COLUMNS}`,
    [leaseId, leaseMs, mayBecome('processing')],
  );
  return rows.map((row) => ({
    ...newCaseOf(row),
    lease: { reference: row.reference, leaseId },
    attempts: row.attempts,
  }))[0];
}

async function renew(session: Session, { reference, leaseId }: Lease, leaseMs: number): Promise<boolean> {
  const { rowCount } = await session.query(
    `update facegate.media_case set due_at = now() + $3 * interval '1 ms'
     where reference = $1 and lease = $2::uuid`,
    [reference, leaseId, leaseMs],
  );
  return rowCount === 1;
}

async function complete(
  session: Session,
  lease: Lease,
  { isAccepted, sealedDecision, proofs, enrolment }: CaseOutcome,
): Promise<boolean> {
  const moved = await move(session, lease, {
    to: 'completed',
    set: 'sealed_decision = $4',
    values: [sealedDecision],
  });
  if (moved === undefined) return false;
  const kept = proofs.map(({ blobId }) => blobId);
  await removeMedia(session, moved.number, kept);
  await insertMedia(session, moved.number, proofs);
  if (enrolment !== undefined) await enrolSubjectOf(session, moved, enrolment);
  await noteEvent(session, [moved.number], isAccepted ? 'accepted' : 'declined');
  return true;
}

async function fail(session: Session, lease: Lease): Promise<boolean> {
  const moved = await move(session, lease, { to: 'failed' });
  if (moved !== undefined) await noteEvent(session, [moved.number], 'failed');
  return isMoved(moved);
}

const giveBack = async (
  session: Session,
  lease: Lease,
  { afterMs, isCounted }: Parameters<CaseRecords['giveBack']>[1],
): Promise<boolean> =>
  isMoved(
    await move(session, lease, {
      to: 'pending',
      set: `due_at = now() + $4 * interval '1 ms', attempts = attempts - $5`,
      values: [afterMs, isCounted ? 0 : 1],
    }),
  );

interface Move {
  readonly to: CaseState;
  /** Further assignments, with parameters from $4. */
  readonly set?: string;
  readonly values?: readonly unknown[];
}

/** @returns the case; undefined when the lease is not the case's any more. */
async function move(
  session: Session,
  { reference, leaseId }: Lease,
  { to, set, values = [] }: Move,
): Promise<CaseNumber | undefined> {
  const { rows } = await session.query<CaseNumber>(
    `update facegate.media_case set state = $1, lease = null${set === undefined ? '' : `, ${set}`}
     where reference = $2 and lease = $3::uuid returning number, space`,
    [to, reference, leaseId, ...values],
  );
  return rows[0];
}

interface LapsedRow extends CaseRow {
  readonly number: string;
}

const isFailed = ({ state }: CaseRow): boolean => state === 'failed';

const isMoved = (moved: CaseNumber | undefined): boolean => moved !== undefined;

/** @returns those whose lease lapsed. */
async function recover(session: Session, attemptsMax: number): Promise<LapsedRow[]> {
  const { rows } = await session.query<LapsedRow>(
    `update facegate.media_case
     set state = case when attempts < $1 then 'pending' else 'failed' end, lease = null
     where state = 'processing' and due_at <= now() returning number, space, reference, kind, state, attempts`,
    [attemptsMax],
  );
  const failed = rows.filter(isFailed).map(({ number }) => number);
  await noteEvent(session, failed, 'failed');
  return rows;
}
