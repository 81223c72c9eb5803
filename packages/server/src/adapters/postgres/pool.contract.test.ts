import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import process from 'node:process';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { copyOut } from './copy-out.ts';
import { DatabaseSetupError } from './database-setup-error.ts';
import { openPool } from './pool.ts';

describe.each(SERVERS_UNDER_TEST)('a pool on $title', ({ skipped, open }) => {
  let server: OpenServer;
  let url: string;
  beforeAll(async () => {
    if (skipped !== undefined) return;
    server = await open();
    url = await server.createDatabase();
  }, 120_000);
  afterAll(() => server?.close());

  const promise = (title: string, test: () => Promise<void>): void => it.skipIf(skipped)(title, test, 60_000);

  async function newPool(options = {}): Promise<Pool> {
    const pool = await openPool(url, options);
    onTestFinished(() => pool.end());
    return pool;
  }

  promise('says who is there', async () => {
    const { rows } = await (await newPool()).query(`select current_setting('application_name') as name`);
    expect(rows).toEqual([{ name: 'facegate' }]);
  });

  promise('ends a statement that takes too long, and works on', async () => {
    const pool = await newPool({ connectionsMax: 1 });
    await expect(pool.query('select pg_sleep(60)')).rejects.toThrow(/statement timeout/);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  promise('does not wait for a connection without end', async () => {
    const pool = await newPool({ connectionsMax: 1 });
    const held = await pool.connect();
    await expect(pool.query('select 1')).rejects.toThrow(/timeout/);
    held.release();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  promise('outlives connections that break, idle or in use between statements', async () => {
    const told: Error[] = [];
    const pool = await newPool({ onIdleError: (error: Error) => told.push(error) });
    const busy = await pool.connect();
    await busy.query('begin');
    const idle = await pool.connect();
    idle.release();
    const operator = await newPool();
    await operator.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name = 'facegate'`);
    await expect.poll(() => told, { timeout: 30_000 }).toHaveLength(1);
    expect(JSON.stringify(Object.entries(told[0] ?? {}))).not.toContain('secretKey');
    await expect(busy.query('select 1')).rejects.toThrow();
    busy.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  promise('lets a COPY flow for longer than a statement may take', async () => {
    const pool = await newPool({ connectionsMax: 1 });
    const client = await pool.connect();
    await client.query('set statement_timeout = 0');
    let bytes = 0;
    const rows = `select repeat('x', 1000), pg_sleep(0.01) from generate_series(1, 600)`;
    for await (const chunk of copyOut(client, rows)) bytes += chunk.length;
    client.release();
    expect(bytes).toBeGreaterThan(600_000);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

it('does not wait without end for a server that hangs in the middle of a statement, and recovers with it', async () => {
  const bundled = await SERVERS_UNDER_TEST[0]!.open();
  onTestFinished(() => bundled.close());
  const pool = await openPool(await bundled.createDatabase(), { connectionsMax: 2 });
  onTestFinished(() => pool.end());
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  await expect(pool.query('select 1')).rejects.toThrow('Query read timeout');
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  process.kill(pid, 'SIGCONT');
}, 60_000);

it('says what to check when there is no server', async () => {
  const opening = openPool('postgres://facegate@127.0.0.1:1/facegate');
  await expect(opening).rejects.toThrow(DatabaseSetupError);
  await expect(opening).rejects.toThrow(/cannot be reached \(.*ECONNREFUSED.*DATABASE_URL/);
});

it('does not wait without end for a server that takes connections and is silent', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  onTestFinished(() => void silent.close());
  const opening = openPool(`postgres://facegate@127.0.0.1:${port}/facegate`);
  await expect(opening).rejects.toThrow(DatabaseSetupError);
}, 30_000);
