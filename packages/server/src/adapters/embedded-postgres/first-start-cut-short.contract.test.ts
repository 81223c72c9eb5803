import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { DatabaseStartError } from './database-start-error.ts';
import { ask, HANG_MS, open, temporaryFolder } from './server-under-test.contract.ts';

it.each([20, 120, 250, 400])(
  'begins again after a first start that was killed %i ms into making the database',
  async (moment) => {
    const folder = join(temporaryFolder(), 'postgres');
    const program = fileURLToPath(new URL('hold-database.contract.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await expect
      .poll(() => namesIn(folder).some((name) => name.startsWith('unfinished-')), {
        interval: 5,
        timeout: HANG_MS,
      })
      .toBe(true);
    await delay(moment);
    child.kill('SIGKILL');
    await ended;
    const server = await open(folder);
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect.poll(() => namesIn(folder), { timeout: HANG_MS }).toContain('data');
  },
  HANG_MS,
);

it(
  'refuses, rather than lose, a database whose password is gone',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    await (await open(folder)).close();
    rmSync(join(folder, 'password'));
    const opening = open(folder);
    await expect(opening).rejects.toThrow(DatabaseStartError);
    await expect(opening).rejects.toThrow(/password is missing/);
    writeFileSync(join(folder, 'password'), 'another');
    await expect(open(folder)).rejects.toThrow(/password/);
    expect(namesIn(folder)).toContain('data');
  },
  HANG_MS,
);

it(
  'says what is wrong, with the end of the log, when the server does not start',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    await (await open(folder)).close();
    writeFileSync(join(folder, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
    const opening = open(folder);
    await expect(opening).rejects.toThrow(DatabaseStartError);
    await expect(opening).rejects.toThrow(/server\.log says why:[\s\S]*no_such_setting/);
  },
  HANG_MS,
);

it(
  'refuses a database of another major version, and says which',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    await (await open(folder)).close();
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '16\n');
    const opening = open(folder);
    await expect(opening).rejects.toThrow(DatabaseStartError);
    await expect(opening).rejects.toThrow(/made by PostgreSQL 16.*brings PostgreSQL 17/);
  },
  HANG_MS,
);

it('says which folder cannot be used and how to choose another', async () => {
  const folder = join(temporaryFolder(), 'occupied');
  writeFileSync(folder, '');
  const opening = open(join(folder, 'postgres'));
  await expect(opening).rejects.toThrow(DatabaseStartError);
  await expect(opening).rejects.toThrow(/occupied.*FACEGATE_DATA/);
});

it(
  'does not write over files that are no database',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'diary'), '');
    await expect(open(folder)).rejects.toThrow(DatabaseStartError);
    expect(namesIn(join(folder, 'data'))).toEqual(['diary']);
  },
  HANG_MS,
);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
