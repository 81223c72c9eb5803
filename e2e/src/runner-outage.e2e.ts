import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { clientSecretIn, type FaciaCalls, faciaCalls, referenceIn } from './facia-calls.ts';
import { createDatabase, type Failure, openFailingDatabase, operatorsUrl } from './operators-database.ts';
import { createDataFolder } from './own-data-folder.ts';
import { facePicture } from './photographs.ts';
import { startServer, startWorker } from './server-process.ts';
import { settled } from './settled.ts';

const OUTAGE_MS = 30_000;
const RECOVERY_MS_MAX = 5000;
const BEFORE = 20;
const SETTLED_WITHIN_MS = 90_000;

const why = operatorsUrl === undefined ? ' (FACEGATE_TEST_DATABASE_URL names no PostgreSQL)' : '';

test.skipIf(operatorsUrl === undefined).for<Failure>(['refuses', 'hangs'])(
  `a database that %s for 30 s while cases are examined: each that was answered is decided after it, and none has failed${why}`,
  { timeout: 240_000 },
  async (how) => {
    const folder = createDataFolder();
    const database = await openFailingDatabase(await createDatabase(operatorsUrl ?? ''));
    const settings = { FACEGATE_DATA: folder, DATABASE_URL: database.url, FACEGATE_WORKERS: '1' };
    const limits = { FACEGATE_RATE_FACIA: '0', FACEGATE_RATE_STRANGERS: '0' };
    const server = await startServer({ ...settings, ...limits });
    const worker = await startWorker(settings);
    onTestFinished(async () => {
      await Promise.all([worker.stop(), server.stop()]);
      await database.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const calls = faciaCalls(server, clientSecretIn(server.said()));
    const photo = await facePicture();
    const references: string[] = [];
    for (let i = 0; i < BEFORE; i++) references.push(referenceIn(await calls.submit(photo)));
    await settled(calls, references[2] ?? '', SETTLED_WITHIN_MS);

    await database.fail(how);
    references.push(...(await submitFor(OUTAGE_MS, calls, photo)));
    await database.recover();
    references.push(await untilTaken(calls, photo));

    for (const reference of references) {
      const { deepfake_score } = await settled(calls, reference, SETTLED_WITHIN_MS);
      expect(deepfake_score).not.toBeNull();
    }
    // It is held by nothing but its timers while the database is away.
    expect(await worker.stop()).toBe(0);
  },
);

/** @returns what was answered, and so promised, all the same. */
async function submitFor(ms: number, calls: FaciaCalls, photo: Uint8Array): Promise<string[]> {
  const deadline = performance.now() + ms;
  const taken: string[] = [];
  let refused = 0;
  while (performance.now() < deadline) {
    const answer = await calls.submit(photo);
    if (answer?.status === 503) refused++;
    else taken.push(referenceIn(answer));
    await pause(500);
  }
  expect(refused).toBeGreaterThan(2);
  return taken;
}

/** Fails when it takes longer than promised. */
async function untilTaken(calls: FaciaCalls, photo: Uint8Array): Promise<string> {
  const deadline = performance.now() + RECOVERY_MS_MAX;
  for (;;) {
    const answer = await calls.submit(photo);
    if (answer?.status !== 503) return referenceIn(answer);
    if (performance.now() > deadline) throw new Error('Still answered with 503.');
    await pause(100);
  }
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
