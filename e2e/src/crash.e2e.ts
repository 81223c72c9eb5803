import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaseWitness } from './case-witness.ts';
import { CrashWitness } from './crash-witness.ts';
import { clientSecretIn, faciaCalls } from './facia-calls.ts';
import { createDataFolder } from './own-data-folder.ts';
import { peopleCalls } from './people-calls.ts';
import { facePicture } from './photographs.ts';
import { startServer } from './server-process.ts';

/** The whole suite where nobody waits; a sample of it on a desk. */
const CYCLES = process.env['CI'] === undefined ? 12 : 200;
const CALLERS = 12;
const LOAD_MS_MAX = 10_000;
/** One transaction in each life: its examination takes the one thread from all the others. */
const SUBMITTED_WITHIN_MS = 500;
const SETTINGS = {
  FACEGATE_WORKERS: '1',
  FACEGATE_SEARCH_THREADS: '1',
  FACEGATE_RATE_FACIA: '0',
  FACEGATE_RATE_STRANGERS: '0',
};
/** Every so many cycles the database is killed with the server. */
const DATABASE_TOO_EVERY = 4;

test(
  `${CYCLES} kills at any moment under load lose nothing that was answered, and leave nothing half done`,
  async () => {
    const folder = createDataFolder();
    const photo = await facePicture();
    const random = randomFrom(20_261_121);
    const witness = new CrashWitness(photo, random);
    const cases = new CaseWitness(photo);
    let secret: string | undefined;
    try {
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        const server = await startServer({ ...SETTINGS, FACEGATE_DATA: folder });
        const calls = peopleCalls(server);
        secret ??= clientSecretIn(server.said());
        expect(await witness.look(calls), `after ${cycle - 1} kills`).toEqual([]);
        const busy = Promise.all([
          cases.submit(faciaCalls(server, secret), random() * SUBMITTED_WITHIN_MS),
          ...Array.from({ length: CALLERS }, () => witness.keepBusy(calls)),
        ]);
        await aWhile(witness, random);
        if (cycle % DATABASE_TOO_EVERY === 0) {
          witness.isStoreDying = true;
          killDatabase(folder);
        }
        server.signal('SIGKILL');
        await Promise.all([busy, server.ended]);
      }
      const last = await startServer({ ...SETTINGS, FACEGATE_DATA: folder });
      expect(await witness.look(peopleCalls(last))).toEqual([]);
      const waitsSince = performance.now();
      expect(await cases.settle(faciaCalls(last, secret ?? ''))).toEqual([]);
      const waitedSeconds = Math.round((performance.now() - waitsSince) / 1000);
      expect(cases.submitted).toBeGreaterThan(CYCLES / 2);
      expect(await last.stop()).toBe(0);
      expect(witness.acknowledged).toBeGreaterThanOrEqual(50 * CYCLES);
      expect(witness.searches).toBeGreaterThan(CYCLES / 2);
      process.stderr.write(
        `${CYCLES} kills, ${witness.acknowledged} changes answered and kept, ${witness.searches} searches, ` +
          `${cases.submitted} cases submitted and decided, the last ${waitedSeconds} s after the last start\n`,
      );
    } finally {
      killDatabase(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  },
  CYCLES * 20_000,
);

/** Until some number of changes was answered, and then a moment more: the kill falls anywhere within a change. */
async function aWhile(witness: CrashWitness, random: () => number): Promise<void> {
  const enough = witness.acknowledged + 20 + random() * 110;
  const deadline = performance.now() + LOAD_MS_MAX;
  while (witness.acknowledged < enough && performance.now() < deadline) await pause(2);
  await pause(random() * 10);
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

function killDatabase(folder: string): void {
  try {
    const [pid] = readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It is not running.
  }
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
