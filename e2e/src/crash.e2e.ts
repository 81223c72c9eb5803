import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CrashWitness } from './crash-witness.ts';
import { createDataFolder } from './own-data-folder.ts';
import { peopleCalls } from './people-calls.ts';
import { facePicture } from './photographs.ts';
import { startServer } from './server-process.ts';

/** The whole suite where nobody waits; a sample of it on a desk. */
const CYCLES = process.env['CI'] === undefined ? 12 : 200;
const CALLERS = 12;
const LOAD_MS_MAX = 10_000;
/** Every so many cycles the database is killed with the server. */
const DATABASE_TOO_EVERY = 4;

test(
  `${CYCLES} kills at any moment under load lose nothing that was answered, and leave nothing half done`,
  async () => {
    const folder = createDataFolder();
    const photo = await facePicture();
    const random = randomFrom(20_261_121);
    const witness = new CrashWitness(photo, random);
    const settings = { FACEGATE_DATA: folder, FACEGATE_WORKERS: '1', FACEGATE_SEARCH_THREADS: '1' };
    try {
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        const server = await startServer(settings);
        const calls = peopleCalls(server);
        expect(await witness.look(calls), `after ${cycle - 1} kills`).toEqual([]);
        const busy = Promise.all(Array.from({ length: CALLERS }, () => witness.keepBusy(calls)));
        await aWhile(witness, random);
        if (cycle % DATABASE_TOO_EVERY === 0) {
          witness.isStoreDying = true;
          killDatabase(folder);
        }
        server.signal('SIGKILL');
        await Promise.all([busy, server.ended]);
      }
      const last = await startServer(settings);
      expect(await witness.look(peopleCalls(last))).toEqual([]);
      expect(await last.stop()).toBe(0);
      expect(witness.acknowledged).toBeGreaterThanOrEqual(50 * CYCLES);
      expect(witness.searches).toBeGreaterThan(CYCLES / 2);
      process.stderr.write(
        `${CYCLES} kills, ${witness.acknowledged} changes answered and kept, ${witness.searches} searches\n`,
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
