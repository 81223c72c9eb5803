import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { TrailFilter, TrailView } from '../../ports/audit-log.ts';
import { type LineRow, lineFrom, TRAIL_COLUMNS, type TrailRow, trailFrom } from './audit-rows.ts';
import { onlyRow } from './session.ts';
import { fromStoreError } from './store-errors.ts';

/** The pool's own limit is for statements that somebody waits for. */
const STATEMENT_MS_MAX = 3_600_000;

/** @throws FaceError, for what `read` throws too. */
export async function inspectTrail<T>(pool: Pool, read: (view: TrailView) => Promise<T>): Promise<T> {
  let client: PoolClient | undefined;
  let isFailed = true;
  try {
    client = await pool.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0');
    const result = await read(await viewOf(client));
    await client.query('commit');
    isFailed = false;
    return result;
  } catch (error) {
    throw fromStoreError(error);
  } finally {
    client?.release(isFailed);
  }
}

async function viewOf(client: PoolClient): Promise<TrailView> {
  const query = async <Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const patient = { text, values, query_timeout: STATEMENT_MS_MAX };
    return (await client.query<Row>(patient)).rows;
  };
  const [trail] = await query<TrailRow>(`select ${TRAIL_COLUMNS} from facegate.audit_trail`);
  const counted = await query<{ count: string }>('select count(*) as count from facegate.audit_line');
  return {
    trail: trail && trailFrom(trail),
    lineCount: Number(onlyRow(counted).count),
    lines: async (after, linesMax, filter = {}) => {
      const { conditions, values } = conditionsOf(filter, [after, linesMax]);
      const rows = await query<LineRow>(
        `select * from facegate.audit_line where number > $1 ${conditions} order by number limit $2`,
        values,
      );
      return rows.map(lineFrom);
    },
  };
}

function conditionsOf({ account, action, subject, since }: TrailFilter, values: unknown[]) {
  const conditions = [
    { text: 'account =', value: account },
    { text: 'action =', value: action },
    { text: 'subjects @>', value: subject === undefined ? undefined : [subject] },
    { text: 'at >=', value: since },
  ].flatMap(({ text, value }) => {
    if (value === undefined) return [];
    values.push(value);
    return [`and ${text} $${values.length}`];
  });
  return { conditions: conditions.join(' '), values };
}
