import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach } from 'vitest';
import { type EmbeddedPostgres, openEmbeddedPostgres } from './open-embedded-postgres.ts';
import type { Connection } from './probe.ts';

/** Against a hang; the machine's speed is not what is tested. */
export const HANG_MS = 120_000;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, last one first. */
export const afterwards = (cleanup: () => unknown): void => void cleanups.push(cleanup);

/** A folder for one test that every user can walk through. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-database-'));
  chmodSync(folder, 0o711);
  afterwards(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The server under test in this process, stopped after the test where the test does not; `said` grows. */
export async function open(folder: string, events = {}): Promise<EmbeddedPostgres & { said: string[] }> {
  const said: string[] = [];
  const opened = await openEmbeddedPostgres({ folder, say: (line) => said.push(line), ...events });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= opened.close();
    return closing;
  };
  afterwards(close);
  return { ...opened, close, said };
}

/** Another facegate, as a process of its own, that holds the database in `folder` until it is killed. */
export async function openInAnotherProcess(folder: string) {
  const program = fileURLToPath(new URL('hold-database.contract.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  afterwards(kill);
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('It ended at once.'))),
  ]);
  return { pid: child.pid, kill };
}

/** One statement over a connection of its own. */
export async function ask(connection: Connection, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ ...connection });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

export const postmasterPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** What still runs for the database in `folder`: all processes of a server work in its data folder. */
export const processesIn = (folder: string): string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && workingFolderOf(pid) === join(folder, 'data'));

function workingFolderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
