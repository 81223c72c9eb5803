import type { Pool } from 'pg';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Change, ChangeLog, LogPage, LogPosition } from '../../ports/change-log.ts';
import { partsOf, positionOf } from './log-position.ts';
import { readSnapshot } from './snapshot.ts';
import { fromStoreError } from './store-errors.ts';
import type { WriteSignal } from './write-signal.ts';

/** Lines of one page. */
const PAGE_LINES = 5000;

/**
 * The ChangeLog port. Lines carry the id of their transaction; a transaction that is still running may add lines before
 * ones that were read already, so a place counts as settled only below the oldest one running.
 */
export const createChangeLog = (pool: Pool, signal: WriteSignal): ChangeLog => ({
  snapshot: (packId, reader) => readSnapshot(pool, packId, reader),
  after: (packId, position) => translated(() => readPage(pool, packId, position)),
  onWrite: (listener) => translated(() => signal.listen(listener)),
  trim: (before) =>
    translated(async () => {
      await pool.query('delete from facegate.change where at < $1', [before]);
    }),
  census: () =>
    translated(async () => {
      const { rows } = await pool.query<{ pack_id: string; count: string }>(
        'select pack_id, count(*) as count from facegate.reference group by pack_id',
      );
      return new Map(rows.map(({ pack_id, count }) => [pack_id, Number(count)]));
    }),
});

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fromStoreError(error);
  }
}

interface Line {
  readonly transaction: string;
  readonly number: string;
  readonly is_settled: boolean;
  readonly reference_number: string | null;
  readonly group_number: string | null;
  readonly subject_number: string | null;
  readonly is_member: boolean;
  readonly account: AccountId | null;
  readonly reference_id: string;
  readonly reference_subject: string;
  readonly subject_id: string;
  readonly sealed_data_key: Buffer;
  readonly sealed_template: Buffer;
}

/**
 * One statement, so one moment: the lines, how their things are now, and which transactions are still running. Each
 * line looks up its own thing by index; left to itself the planner would read all references for a handful of lines.
 */
const PAGE = `
  select c.transaction::text, c.number::text, c.reference_number, c.group_number, c.subject_number,
    c.transaction < pg_snapshot_xmin(pg_current_snapshot()) as is_settled,
    m.is_member is not null as is_member,
    e.*
  from (
    select * from facegate.change
    where (transaction, number) > ($1::text::xid8, $2::bigint)
    order by transaction, number limit ${PAGE_LINES}
  ) c
  left join lateral (
    select s.account, r.id as reference_id, s.number as reference_subject, s.id as subject_id,
      s.sealed_data_key, r.sealed_template
    from facegate.reference r join facegate.subject s on s.number = r.subject_number
    where r.number = c.reference_number and r.pack_id = $3 limit 1
  ) e on true
  left join lateral (
    select true as is_member from facegate.membership m
    where m.group_number = c.group_number and m.subject_number = c.subject_number limit 1
  ) m on true
  order by c.transaction, c.number`;

async function readPage(pool: Pool, packId: string, position: LogPosition): Promise<LogPage> {
  const { transaction, number } = partsOf(position);
  const { rows } = await pool.query<Line>(PAGE, [transaction, number, packId]);
  const placeOf = (line: Line | undefined) => (line === undefined ? position : positionOf(line));
  return {
    changes: rows.map(changeOf),
    settled: placeOf(rows.findLast((line) => line.is_settled)),
    next: placeOf(rows.at(-1)),
    more: rows.length === PAGE_LINES,
  };
}

function changeOf(line: Line): Change {
  const groupNumber = Number(line.group_number);
  if (line.reference_number === null) {
    if (line.subject_number === null) return { kind: 'group-absent', groupNumber };
    const kind = line.is_member ? 'member-present' : 'member-absent';
    return { kind, groupNumber, subjectNumber: Number(line.subject_number) };
  }
  const referenceNumber = Number(line.reference_number);
  if (line.account === null) return { kind: 'reference-absent', referenceNumber };
  const reference = {
    account: line.account,
    number: referenceNumber,
    id: line.reference_id,
    subjectNumber: Number(line.reference_subject),
    subjectId: line.subject_id,
    sealedDataKey: line.sealed_data_key,
    sealedTemplate: line.sealed_template,
  };
  return { kind: 'reference-present', reference };
}
