import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { DatabaseStartError } from './database-start-error.ts';
import {
  ask,
  HANG_MS,
  open,
  openInAnotherProcess,
  postmasterPid,
  processesIn,
  temporaryFolder,
} from './server-under-test.contract.ts';

it(
  'takes over, without a restart, the server of a facegate that was killed; and stops it in the end',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const other = await openInAnotherProcess(folder);
    const pid = postmasterPid(folder);
    await other.kill();
    const taken = await open(folder);
    expect(postmasterPid(folder)).toBe(pid);
    expect(await ask(taken.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await taken.close();
    expect(processesIn(folder)).toEqual([]);
  },
  HANG_MS,
);

it(
  'refuses a database that another facegate uses, names that process, and leaves its server alone',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const other = await openInAnotherProcess(folder);
    const pid = postmasterPid(folder);
    const opening = open(folder);
    await expect(opening).rejects.toThrow(DatabaseStartError);
    await expect(opening).rejects.toThrow(`in use by process ${other.pid}`);
    expect(postmasterPid(folder)).toBe(pid);
    process.kill(pid, 0);
    await other.kill();
    await open(folder);
  },
  HANG_MS,
);

it(
  'lets exactly one of several that open at once have the database',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const outcomes = await Promise.allSettled([open(folder), open(folder), open(folder)]);
    const winners = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason.message).toContain(`in use by process ${process.pid}`);
    }
  },
  HANG_MS,
);

it(
  'starts a killed server again, keeps all it had acknowledged, and tells of it',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const told: string[] = [];
    const server = await open(folder, { onDown: () => told.push('down'), onUp: () => told.push('up') });
    await ask(server.connection, 'create table kept (x int)');
    for (const round of [1, 2, 3]) {
      await ask(server.connection, `insert into kept values (${round})`);
      process.kill(postmasterPid(folder), 'SIGKILL');
      await expect.poll(() => told.length, { timeout: HANG_MS }).toBe(2 * round);
      const rows = await ask(server.connection, 'select count(*)::int as n from kept');
      expect(rows).toEqual([{ n: round }]);
    }
    expect(told).toEqual(['down', 'up', 'down', 'up', 'down', 'up']);
  },
  HANG_MS,
);

it(
  'does not start a server again that it was told to close',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const told: string[] = [];
    const server = await open(folder, { onDown: () => told.push('down') });
    process.kill(postmasterPid(folder), 'SIGKILL');
    await server.close();
    // Orphans of the killed server take a moment to notice.
    await expect.poll(() => processesIn(folder), { timeout: HANG_MS }).toEqual([]);
    await open(folder);
  },
  HANG_MS,
);

it(
  'starts over the lock files of a dead server whose process id another process has by now',
  async () => {
    const folder = await folderOfKilledServer();
    // Somebody of the server's own user: PostgreSQL takes any such process for a server.
    const bystanderFolder = join(temporaryFolder(), 'postgres');
    await open(bystanderFolder);
    const bystander = postmasterPid(bystanderFolder);
    for (const file of lockFilesIn(folder)) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(bystander)));
    }
    const server = await open(folder);
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    process.kill(bystander, 0);
  },
  HANG_MS,
);

it(
  'starts over lock files that a power cut left empty',
  async () => {
    const folder = await folderOfKilledServer();
    for (const file of lockFilesIn(folder)) writeFileSync(file, '');
    const server = await open(folder);
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  },
  HANG_MS,
);

/** Both facegate and its server were killed. */
async function folderOfKilledServer(): Promise<string> {
  const folder = join(temporaryFolder(), 'postgres');
  const other = await openInAnotherProcess(folder);
  await other.kill();
  process.kill(postmasterPid(folder), 'SIGKILL');
  await expect.poll(() => processesIn(folder), { timeout: HANG_MS }).toEqual([]);
  return folder;
}

const lockFilesIn = (folder: string): string[] => [
  join(folder, 'data', 'postmaster.pid'),
  join(folder, 'socket', '.s.PGSQL.5432.lock'),
];
