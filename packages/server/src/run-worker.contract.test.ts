import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeEngine } from '@facegate/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { composeWorker, type WorkerComposition } from './compose-worker.ts';
import type { Environment } from './config/load.ts';
import { createLogger } from './observability/logger.ts';
import { runWorker } from './run-worker.ts';

/** A worker until it is stopped, or until it gives up; and what it wrote. */
async function run(env: Environment, compose: typeof composeWorker, stopAsked: Promise<string>) {
  const said: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runWorker({
    env,
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
    compose,
    stopAsked,
  });
  return { exitCode, said: said.join(''), complaint: complaints.join('') };
}

const never = new Promise<string>(() => {});

it('says that it is ready, to people and in the log, works until it is stopped, and is closed then', async () => {
  const log: string[] = [];
  let stop = (_signal: string) => {};
  const stopAsked = new Promise<string>((resolve) => {
    stop = resolve;
  });
  let closed = 0;
  const composition: WorkerComposition = {
    pack: createFakeEngine().pack,
    logger: createLogger({
      level: 'info',
      sink: {
        write: (line) => {
          log.push(line);
          if (line.includes('"ready"')) stop('SIGTERM');
        },
      },
    }),
    close: async () => void closed++,
  };
  const { exitCode, said, complaint } = await run(
    { FACEGATE_CASES_AT_ONCE: '3' },
    async () => composition,
    stopAsked,
  );
  expect([exitCode, closed, complaint]).toEqual([0, 1, '']);
  expect(said).toContain('worker is ready');
  expect(said).toContain('drawn@1.0.0');
  expect(said).toContain('3 at once');
  expect(log.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'ready', atOnce: 3 },
    { msg: 'closing', reason: 'SIGTERM' },
  ]);
});

it('refuses to examine nothing, with 78 and the word that helps', async () => {
  const { exitCode, complaint } = await run({ FACEGATE_CASES_AT_ONCE: '0' }, composeWorker, never);
  expect(exitCode).toBe(78);
  expect(complaint).toContain('FACEGATE_CASES_AT_ONCE');
  expect(complaint).toContain('--at-once');
});

it('makes no master key of its own: in a folder that no server used it says so and leaves it empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-worker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { exitCode, complaint } = await run({ FACEGATE_DATA: folder }, composeWorker, never);
  expect(exitCode).toBe(1);
  expect(complaint).toContain('There is no master key');
  expect(complaint).toContain('FACEGATE_DATA');
  expect(readdirSync(folder)).toEqual([]);
});
