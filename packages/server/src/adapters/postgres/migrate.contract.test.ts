import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { DatabaseSetupError } from './database-setup-error.ts';
import { type Migration, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';

const FIRST: Migration = {
  number: 1,
  name: 'first',
  sql: 'create table trial.step (name text); insert into trial.step values (1)',
};
const SECOND: Migration = { number: 2, name: 'second', sql: 'insert into trial.step values (2)' };
const THIRD: Migration = { number: 3, name: 'third', sql: 'insert into trial.step values (3)' };
const SCHEMA = { schema: 'trial' };

describe.each(SERVERS_UNDER_TEST)('migrations on $title', ({ skipped, open }) => {
  let server: OpenServer;
  beforeAll(async () => {
    if (skipped === undefined) server = await open();
  }, 120_000);
  afterAll(() => server?.close());

  const promise = (title: string, test: (pool: Pool) => Promise<void>): void =>
    it.skipIf(skipped)(title, async () => test(await newPool()), 60_000);

  async function newPool(): Promise<Pool> {
    const pool = await openPool(await server.createDatabase());
    onTestFinished(() => pool.end());
    return pool;
  }

  promise('are applied in order to an empty database, and none of them again', async (pool) => {
    expect(await migrate(pool, [FIRST, SECOND], SCHEMA)).toEqual([FIRST, SECOND]);
    expect(await migrate(pool, [FIRST, SECOND], SCHEMA)).toEqual([]);
    expect(await stepsIn(pool)).toEqual(['1', '2']);
  });

  promise('go on where an older program left off', async (pool) => {
    await migrate(pool, [FIRST], SCHEMA);
    expect(await migrate(pool, [FIRST, SECOND, THIRD], SCHEMA)).toEqual([SECOND, THIRD]);
    expect(await stepsIn(pool)).toEqual(['1', '2', '3']);
  });

  promise('are applied once when many programs start at once', async (pool) => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => migrate(pool, [FIRST, SECOND], SCHEMA)));
    expect(runs.flat()).toEqual([FIRST, SECOND]);
    expect(await stepsIn(pool)).toEqual(['1', '2']);
  });

  promise('are refused when one that was applied has been edited; nothing changes then', async (pool) => {
    await migrate(pool, [FIRST], SCHEMA);
    const edited = { ...FIRST, sql: `${FIRST.sql};` };
    const migrating = migrate(pool, [edited, SECOND], SCHEMA);
    await expect(migrating).rejects.toThrow(DatabaseSetupError);
    await expect(migrating).rejects.toThrow(/step 1 \(first\) is not the one of this program/);
    expect(await stepsIn(pool)).toEqual(['1']);
  });

  promise('are refused on a database that a newer program has used', async (pool) => {
    await migrate(pool, [FIRST, SECOND, THIRD], SCHEMA);
    const migrating = migrate(pool, [FIRST, SECOND], SCHEMA);
    await expect(migrating).rejects.toThrow(DatabaseSetupError);
    await expect(migrating).rejects.toThrow(/newer facegate: it has step 3 \(third\), this one knows 2/);
  });

  promise('happen whole or not at all: a failing one leaves those before it', async (pool) => {
    const failing: Migration = {
      number: 2,
      name: 'failing',
      sql: 'insert into trial.step values (2); select 1 / 0',
    };
    const migrating = migrate(pool, [FIRST, failing, THIRD], SCHEMA);
    await expect(migrating).rejects.toThrow(DatabaseSetupError);
    await expect(migrating).rejects.toThrow(/Step 2 \(failing\)/);
    expect(await stepsIn(pool)).toEqual(['1']);
    expect(await migrate(pool, [FIRST, SECOND], SCHEMA)).toEqual([SECOND]);
  });

  promise('may take longer than the pool lets a statement take', async (pool) => {
    const slow: Migration = { ...FIRST, sql: `${FIRST.sql}; select pg_sleep(5)` };
    const both = await Promise.all([migrate(pool, [slow], SCHEMA), migrate(pool, [slow], SCHEMA)]);
    expect(both.flat()).toEqual([slow]);
  });

  promise('of this program apply to an empty database', async (pool) => {
    expect(await migrate(pool, MIGRATIONS)).toEqual(MIGRATIONS);
    expect(await migrate(pool, MIGRATIONS)).toEqual([]);
    const numbers = MIGRATIONS.map(({ number }) => number);
    // In order, each once. Gaps are for steps that are being written beside these.
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  });
});

async function stepsIn(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from trial.step order by name');
  return rows.map(({ name }) => name);
}
