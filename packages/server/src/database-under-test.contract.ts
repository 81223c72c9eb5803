import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openEmbeddedPostgres } from './adapters/embedded-postgres/open-embedded-postgres.ts';

/** A PostgreSQL server that the promises of our SQL are tried on. */
export interface ServerUnderTest {
  readonly title: string;
  /** Why it cannot be tried here; undefined where it can. */
  readonly skipped: string | undefined;
  open(): Promise<OpenServer>;
}

export interface OpenServer {
  /** @returns the URL of a database that nobody used yet. */
  createDatabase(): Promise<string>;
  close(): Promise<void>;
}

const operatorsUrl = process.env['FACEGATE_TEST_DATABASE_URL'] ?? '';
const noOperatorsUrl = operatorsUrl === '' ? 'FACEGATE_TEST_DATABASE_URL names none' : undefined;

/** The one that comes with facegate, and the operator's own, which is older where CI runs. */
export const SERVERS_UNDER_TEST: readonly [ServerUnderTest, ServerUnderTest] = [
  { title: 'the bundled PostgreSQL', skipped: undefined, open: openBundled },
  {
    title: `the operator's PostgreSQL${noOperatorsUrl === undefined ? '' : ` (skipped: ${noOperatorsUrl})`}`,
    skipped: noOperatorsUrl,
    open: async () => ({ createDatabase: () => createDatabase(operatorsUrl), close: async () => undefined }),
  },
];

async function openBundled(): Promise<OpenServer> {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-database-'));
  // Else a database that root runs would be put elsewhere, and stay there.
  chmodSync(folder, 0o711);
  const { connection, close } = await openEmbeddedPostgres({ folder, say: () => undefined });
  const { host, port, user, password } = connection;
  const url = `postgres://${user}:${password}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
  return {
    createDatabase: () => createDatabase(url),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(server: string): Promise<string> {
  const name = `facegate_${randomUUID().replaceAll('-', '')}`;
  const client = new Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
}
