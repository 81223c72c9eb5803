import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { clientSecretIn, faciaCalls, referenceIn } from './facia-calls.ts';
import { createDataFolder } from './own-data-folder.ts';
import { facePicture } from './photographs.ts';
import { type RunningProcess, startServer, startWorker } from './server-process.ts';
import { settled } from './settled.ts';

const FACEGATE = fileURLToPath(new URL('../../packages/cli/bin/facegate.mjs', import.meta.url));
const CASES = 40;
const SETTLED_WITHIN_MS = 120_000;

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

test('of 40 cases that a server leaves to two workers each is decided once, though one of them is killed', {
  timeout: 240_000,
}, async () => {
  const folder = createDataFolder();
  const settings = { FACEGATE_DATA: folder, FACEGATE_WORKERS: '1', FACEGATE_SEARCH_THREADS: '1' };
  const workers: RunningProcess[] = [];
  const server = await startServer({ ...settings, ...NO_LIMITS, FACEGATE_CASES_AT_ONCE: '0' });
  onTestFinished(async () => {
    await Promise.all([...workers, server].map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const calls = faciaCalls(server, clientSecretIn(server.said()));
  const photo = await facePicture();
  const references: string[] = [];
  for (let i = 0; i < CASES; i++) references.push(referenceIn(await calls.submit(photo)));
  await pause(2000);
  for (const reference of references) expect((await calls.result(reference))?.data).toMatchObject(UNDECIDED);

  workers.push(...(await Promise.all([startWorker(settings), startWorker(settings)])));
  const [victim, survivor] = workers as [RunningProcess, RunningProcess];
  await settled(calls, references[CASES / 4] ?? '', SETTLED_WITHIN_MS);
  victim.signal('SIGKILL');
  expect(await victim.ended).toBe('SIGKILL');
  const told = [];
  for (const reference of references) told.push(await settled(calls, reference, SETTLED_WITHIN_MS));
  expect(told.filter(({ deepfake_score }) => deepfake_score === null)).toEqual([]);
  for (const [i, reference] of references.entries()) {
    expect((await calls.result(reference))?.data).toEqual(told[i]);
  }
  expect([await survivor.stop(), await server.stop()]).toEqual([0, 0]);

  const decisions = decisionsIn(folder);
  const decided = decisions.map(({ details }) => details.reference);
  expect(new Set(decided).size).toBe(decided.length);
  // A killed process takes the lines of its last second along.
  expect(decided.length).toBeGreaterThan(CASES / 2);
  expect(decisions.filter(({ details }) => details.attempts > 1).length).toBeLessThanOrEqual(1);
});

test('a worker goes on when the server whose database it shares was restarted', async () => {
  const folder = createDataFolder();
  const settings = { FACEGATE_DATA: folder, FACEGATE_WORKERS: '1', FACEGATE_SEARCH_THREADS: '1' };
  const leaving = { ...settings, FACEGATE_CASES_AT_ONCE: '0' };
  const first = await startServer(leaving);
  const worker = await startWorker(settings);
  expect(await first.stop()).toBe(0);
  const second = await startServer(leaving);
  onTestFinished(async () => {
    await worker.stop().finally(second.stop);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const calls = faciaCalls(second, clientSecretIn(first.said()));
  const { deepfake_score } = await settled(
    calls,
    referenceIn(await calls.submit(await facePicture())),
    SETTLED_WITHIN_MS,
  );
  expect(deepfake_score).not.toBeNull();
});

const NO_LIMITS = { FACEGATE_RATE_FACIA: '0', FACEGATE_RATE_STRANGERS: '0' };
const UNDECIDED = { status: null };

interface DecisionLine {
  readonly action: string;
  readonly details: { readonly reference: string; readonly attempts: number };
}

function decisionsIn(folder: string): DecisionLine[] {
  const { stdout, status } = spawnSync(process.execPath, [FACEGATE, 'audit', 'list', '--json'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], FACEGATE_DATA: folder },
  });
  expect(status).toBe(0);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).filter(({ action }) => action === 'case.decide');
}
