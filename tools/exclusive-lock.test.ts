import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facegate-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that takes the lock and, holding it, writes "in" and "out" around some work. */
function contender(): ChildProcess {
  const script = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(new URL('./exclusive-lock.mjs', import.meta.url).href)};
    await withLock(${JSON.stringify(join(folder, 'lock'))}, () => {}, async () => {
      appendFileSync(${JSON.stringify(join(folder, 'log'))}, 'in\\n');
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      appendFileSync(${JSON.stringify(join(folder, 'log'))}, 'out\\n');
    });`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
}

const log = () => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');

test('whoever comes later waits for whoever came first', { timeout: 60_000 }, async () => {
  const all = [contender(), contender(), contender()];
  const codes = await Promise.all(all.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect(log()).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  expect(readdirSync(folder)).toEqual(['log']);
});

test('the lock of a process that died is taken over', { timeout: 60_000 }, async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(join(folder, 'lock'), String(dead));
  const all = [contender(), contender()];
  await Promise.all(all.map((child) => once(child, 'exit')));
  expect(log()).toEqual(['in', 'out', 'in', 'out']);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
