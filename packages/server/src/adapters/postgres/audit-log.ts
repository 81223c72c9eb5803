import type { Pool } from 'pg';
import { errors } from '../../domain/errors.ts';
import type { AuditLog, Trail } from '../../ports/audit-log.ts';
import { lineToWire, TRAIL_COLUMNS, type TrailRow, trailFrom } from './audit-rows.ts';
import { inspectTrail } from './inspect-trail.ts';
import type { Session } from './session.ts';
import { fromStoreError } from './store-errors.ts';
import { runTransaction } from './transaction.ts';

/** The AuditLog port. Nodes append one after another: each holds the row of the trail while it writes its lines. */
export const createAuditLog = (pool: Pool): AuditLog => ({
  trail: async () => {
    try {
      return await readTrail(pool);
    } catch (error) {
      throw fromStoreError(error);
    }
  },

  begin: (trail) =>
    runTransaction(pool, async (session) => {
      await session.query(
        `insert into facegate.audit_trail (${TRAIL_COLUMNS}) ${TRAIL_VALUES}`,
        valuesOf(trail),
      );
      return lockedTrail(session);
    }),

  append: (follow) =>
    runTransaction(pool, async (session) => {
      const { head: last } = await lockedTrail(session);
      const { lines, head } = follow(last);
      await session.query(INSERT_LINES, [JSON.stringify(lines.map(lineToWire))]);
      await session.query(
        'update facegate.audit_trail set head_number = $1, head_hash = $2, head_seal = $3',
        [head.number, head.hash, head.seal],
      );
    }),

  cut: (from, to) =>
    runTransaction(pool, async (session) => {
      const { cut } = await lockedTrail(session);
      if (cut.number !== from.number) return false;
      await session.query('delete from facegate.audit_line where number <= $1', [to.number]);
      await session.query('update facegate.audit_trail set cut_number = $1, cut_hash = $2, cut_seal = $3', [
        to.number,
        to.hash,
        to.seal,
      ]);
      return true;
    }),

  replaceSealedKey: (before, after) =>
    runTransaction(pool, async (session) => {
      const { rowCount } = await session.query(
        'update facegate.audit_trail set sealed_key = $2 where sealed_key = $1',
        [before, after],
      );
      return rowCount === 1;
    }),

  inspect: (read) => inspectTrail(pool, read),
});

const TRAIL_VALUES = 'values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing';

const valuesOf = ({ id, sealedKey, head, cut }: Trail): unknown[] => [
  id,
  sealedKey,
  head.number,
  head.hash,
  head.seal,
  cut.number,
  cut.hash,
  cut.seal,
];

/** One statement for any number of lines. */
const INSERT_LINES = `
  insert into facegate.audit_line
    (number, at, account, actor, action, subjects, outcome, details, request_id, previous, hash)
  select number, at, account, actor, action, subjects, outcome, details, request_id, previous, hash
  from json_to_recordset($1::json) as line (
    number bigint, at timestamptz, account text, actor text, action text, subjects text[], outcome text,
    details text, request_id text, previous bytea, hash bytea
  )`;

async function readTrail(session: Session, lock = ''): Promise<Trail | undefined> {
  const { rows } = await session.query<TrailRow>(`select ${TRAIL_COLUMNS} from facegate.audit_trail ${lock}`);
  return rows[0] && trailFrom(rows[0]);
}

async function lockedTrail(session: Session): Promise<Trail> {
  const trail = await readTrail(session, 'for update');
  if (trail === undefined) throw errors.internal('the audit trail has gone from the database');
  return trail;
}
