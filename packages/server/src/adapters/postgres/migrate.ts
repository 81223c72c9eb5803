import { createHash } from 'node:crypto';
import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { DatabaseSetupError } from './database-setup-error.ts';

/** One step in the life of the tables. Once released it is never edited; a mistake is mended by the next one. */
export interface Migration {
  /** 1 for the first, without gaps. */
  readonly number: number;
  readonly name: string;
  /** One or more statements. They run in one transaction. */
  readonly sql: string;
}

export interface MigrateOptions {
  /** Holds the record of what was applied; made when absent. @default facegate */
  readonly schema?: string;
}

/** Any constant: it keeps programs that start at once from migrating the same database together. */
const LOCK = 7_365_220_114;

/**
 * Brings the tables up to the program: applies, in order, the migrations that the database has not seen, each in a
 * transaction of its own. Of several programs that start at once, one does it and the others wait.
 *
 * @returns the migrations applied by this call.
 * @throws  DatabaseSetupError when a migration was edited after it was applied, or a newer program brought the
 *          database further: nothing is changed then.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[],
  { schema = 'facegate' }: MigrateOptions = {},
): Promise<Migration[]> {
  const client = await pool.connect();
  try {
    await run(client, 'set statement_timeout = 0');
    await run(client, `select pg_advisory_lock(${LOCK})`);
    return await applyMissing(client, migrations, escapeIdentifier(schema));
  } finally {
    // Not given back to the pool: its end lets go of the lock, and of any transaction left open.
    client.release(true);
  }
}

async function applyMissing(
  client: PoolClient,
  migrations: readonly Migration[],
  schema: string,
): Promise<Migration[]> {
  const applied = await readApplied(client, schema);
  refuseUnknown(applied, migrations);
  const missing = migrations.slice(applied.length);
  if (missing.length > 0) await createRecord(client, schema);
  for (const migration of missing) await apply(client, migration, schema);
  return missing;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

async function readApplied(client: PoolClient, schema: string): Promise<Applied[]> {
  const { rows } = await client.query('select to_regclass($1) is not null as exists', [
    `${schema}.migration`,
  ]);
  if (!rows[0].exists) return [];
  const record = await client.query<Applied>(
    `select number, name, checksum from ${schema}.migration order by number`,
  );
  return record.rows;
}

/** What was applied must be how the program's own list begins. */
function refuseUnknown(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, { number, name, checksum }] of applied.entries()) {
    const known = migrations[index];
    if (known === undefined) {
      throw new DatabaseSetupError(
        `The database was used by a newer facegate: it has step ${number} (${name}), ` +
          `this one knows ${migrations.length} steps. Start the newer facegate, or restore the backup made before it.`,
      );
    }
    if (known.number !== number || checksumOf(known) !== checksum) {
      throw new DatabaseSetupError(
        `The database was made by another facegate: its step ${number} (${name}) is not the one of this program. ` +
          'Start the facegate that made it, or use another database.',
      );
    }
  }
}

async function createRecord(client: PoolClient, schema: string): Promise<void> {
  await run(
    client,
    `create schema if not exists ${schema};
     create table if not exists ${schema}.migration (
       number integer primary key,
       name text not null,
       checksum text not null,
       applied_at timestamptz not null default now()
     )`,
  );
}

async function apply(client: PoolClient, migration: Migration, schema: string): Promise<void> {
  const { number, name, sql } = migration;
  await run(client, 'begin');
  try {
    await run(client, sql);
    await client.query(`insert into ${schema}.migration (number, name, checksum) values ($1, $2, $3)`, [
      number,
      name,
      checksumOf(migration),
    ]);
    await run(client, 'commit');
  } catch (error) {
    throw new DatabaseSetupError(
      `Step ${number} (${name}) of setting up the database failed; the steps before it stand. ` +
        'May this user create tables, and is there room on the disk?',
      { cause: error },
    );
  }
}

const checksumOf = ({ name, sql }: Migration): string =>
  createHash('sha256').update(`${name}\n${sql}`).digest('hex');

/** Rewriting a large table, or waiting for who does, takes longer than the pool lets a statement take. */
const HOUR_MS = 3_600_000;

async function run(client: PoolClient, text: string): Promise<void> {
  const patient = { text, query_timeout: HOUR_MS };
  await client.query(patient);
}
