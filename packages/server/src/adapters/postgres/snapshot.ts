import type { Pool, PoolClient } from 'pg';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { LogPosition, Membership, SealedReference, SnapshotReader } from '../../ports/change-log.ts';
import { type CopiedRow, copiedRows } from './copied-rows.ts';
import { copyOut } from './copy-out.ts';
import { positionBefore } from './log-position.ts';
import { onlyRow } from './session.ts';
import { fromStoreError } from './store-errors.ts';

/** Rows handed over at a time: so few that they die young, which is what a garbage collector is quick at. */
const BATCH_ROWS = 256;

/**
 * Reads the whole gallery of one pack, as it is at one moment, by binary COPY.
 *
 * @throws FaceError
 * @cost   about 3 µs for each reference.
 */
export async function readSnapshot(pool: Pool, packId: string, reader: SnapshotReader): Promise<LogPosition> {
  let client: PoolClient | undefined;
  let failure: unknown;
  try {
    client = await pool.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0');
    const position = await horizon(client);
    reader.expect(await count(client, packId));
    await copyReferences(client, packId, reader);
    await copyMemberships(client, reader);
    await client.query('commit');
    return position;
  } catch (error) {
    failure = error;
    throw fromStoreError(error);
  } finally {
    // Half a COPY may still be on the way.
    client?.release(failure !== undefined);
  }
}

/** Of the snapshot itself: whatever it cannot see belongs to this transaction id or a later one. */
async function horizon(client: PoolClient): Promise<LogPosition> {
  const { rows } = await client.query<{ xmin: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
  );
  return positionBefore(onlyRow(rows).xmin);
}

/** However large the gallery: the pool's own limit is for statements that somebody waits for. */
const COUNT_MS_MAX = 3_600_000;

async function count(client: PoolClient, packId: string): Promise<number> {
  const statement = {
    text: 'select count(*) as count from facegate.reference where pack_id = $1',
    values: [packId],
    query_timeout: COUNT_MS_MAX,
  };
  const { rows } = await client.query<{ count: string }>(statement);
  return Number(onlyRow(rows).count);
}

async function copyReferences(client: PoolClient, packId: string, reader: SnapshotReader): Promise<void> {
  const rows = copy(
    client,
    `select s.account, r.number, r.id, s.number, s.id, s.sealed_data_key, r.sealed_template
     from facegate.reference r join facegate.subject s on s.number = r.subject_number
     where r.pack_id = ${client.escapeLiteral(packId)}`,
  );
  for await (const batch of inBatches(rows, referenceOf)) await reader.references(batch);
}

/** In the order of the columns. */
const referenceOf = (row: CopiedRow): SealedReference => ({
  account: row.text() as AccountId,
  number: row.int8(),
  id: row.uuid(),
  subjectNumber: row.int8(),
  subjectId: row.uuid(),
  sealedDataKey: row.bytes(),
  sealedTemplate: row.bytes(),
});

async function copyMemberships(client: PoolClient, reader: SnapshotReader): Promise<void> {
  const rows = copy(client, 'select group_number, subject_number from facegate.membership');
  for await (const batch of inBatches(rows, membershipOf)) reader.memberships(batch);
}

const membershipOf = (row: CopiedRow): Membership => ({
  groupNumber: row.int8(),
  subjectNumber: row.int8(),
});

const copy = (client: PoolClient, select: string): AsyncIterable<CopiedRow> =>
  copiedRows(copyOut(client, select));

async function* inBatches<Item>(
  rows: AsyncIterable<CopiedRow>,
  make: (row: CopiedRow) => Item,
): AsyncIterable<Item[]> {
  let batch: Item[] = [];
  for await (const row of rows) {
    batch.push(make(row));
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
