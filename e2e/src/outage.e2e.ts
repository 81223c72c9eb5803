import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CrashWitness } from './crash-witness.ts';
import { createDatabase, type Failure, openFailingDatabase, operatorsUrl } from './operators-database.ts';
import { createDataFolder } from './own-data-folder.ts';
import { type PeopleCalls, peopleCalls, type Reply } from './people-calls.ts';
import { facePicture } from './photographs.ts';
import { startServer } from './server-process.ts';

const OUTAGE_MS = 30_000;
const ANSWER_MS_MAX = 5000;
const RECOVERY_MS_MAX = 5000;
const CALLERS = 6;

const why = operatorsUrl === undefined ? ' (FACEGATE_TEST_DATABASE_URL names no PostgreSQL)' : '';

test.skipIf(operatorsUrl === undefined).for<Failure>(['refuses', 'hangs'])(
  `a database that %s for 30 s under load: every request is answered in time, and nothing answered is lost${why}`,
  { timeout: 120_000 },
  async (how) => {
    const folder = createDataFolder();
    const database = await openFailingDatabase(await createDatabase(operatorsUrl ?? ''));
    const server = await startServer({ FACEGATE_DATA: folder, DATABASE_URL: database.url });
    try {
      const calls = peopleCalls(server);
      const photo = await facePicture();
      const witness = new CrashWitness(photo, Math.random);
      const log = await loadThrough(calls, witness, photo, async () => {
        await pause(2000);
        await database.fail(how);
        await pause(OUTAGE_MS);
        await database.recover();
        await untilWell(calls);
        await pause(2000);
      });
      expect(Math.max(...log.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(ANSWER_MS_MAX);
      const refused = log.filter(({ reply }) => reply?.status === 503);
      expect(refused.length).toBeGreaterThan(CALLERS);
      for (const { reply } of refused) expect(reply?.body).toMatchObject({ statusCode: 503 });
      const others = log.filter(({ reply }) => ![200, 201, 503].includes(reply?.status ?? 0));
      expect(others).toEqual([]);
      expect(await witness.look(calls)).toEqual([]);
    } finally {
      await server.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

interface Logged {
  readonly reply: Reply;
  readonly elapsedMs: number;
}

/** Callers that enrol and search for as long as `work` takes. */
async function loadThrough(
  calls: PeopleCalls,
  witness: CrashWitness,
  photo: Uint8Array,
  work: () => Promise<void>,
): Promise<Logged[]> {
  const log: Logged[] = [];
  let isOver = false;
  const timed = async (call: () => Promise<Reply>): Promise<void> => {
    const started = performance.now();
    const reply = await call();
    log.push({ reply, elapsedMs: performance.now() - started });
    await pause(50);
  };
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    while (!isOver) {
      await timed(() => (caller % 3 === 0 ? calls.search(photo, 10) : witness.create(calls)));
    }
  });
  await work().finally(() => {
    isOver = true;
  });
  await Promise.all(callers);
  return log;
}

/** Fails when it takes longer than promised. */
async function untilWell(calls: PeopleCalls): Promise<void> {
  const started = performance.now();
  let status: number | undefined;
  while (status !== 200) {
    status = (await calls.groups())?.status;
    if (performance.now() - started > RECOVERY_MS_MAX) throw new Error(`Still answered with ${status}.`);
    await pause(50);
  }
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
