import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it, vi } from 'vitest';
import { EngineError } from '../vocabulary/errors.ts';
import { loadKernels } from './kernel.ts';
import { layoutOf } from './layout.ts';
import { ScanPool } from './scan-pool.ts';
import type { ScanTask } from './scan-task.ts';
import { SearchIndex } from './search-index.ts';
import { bruteForce, joined, unitVectors } from './vectors.fixture.ts';

const dimension = 64;
// Threads start from sources here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const opened: SearchIndex[] = [];
afterAll(async () => {
  for (const index of opened) await index.close();
});

function filled(vectors: readonly Float32Array[]) {
  const index = new SearchIndex({ dimension, threads: 2, ownScanBytesMax: 0 });
  opened.push(index);
  index.addMany(joined(vectors));
  return index;
}

it('never answers with a row that was removed before the answer, nor with a stranger in its place', async () => {
  const vectors = unitVectors(1, 8000, dimension);
  const strangers = unitVectors(2, 400, dimension, 0.9);
  const index = filled(vectors);
  let removed = 0;
  for (let round = 0; round < 60; round++) {
    const values = strangers[round]!;
    const selection = Uint32Array.from({ length: index.capacity }, (_, row) => row).filter((row) =>
      index.has(row),
    );
    const searches = Array.from({ length: 4 }, async (_, i) => {
      const rows = i % 2 ? ({ kind: 'list', rows: selection } as const) : undefined;
      const { candidates } = await index.search({ values, k: 5, rows });
      expect(candidates.filter(({ row }) => !index.has(row))).toEqual([]);
      return { candidates, isSelected: rows !== undefined };
    });
    const best = bruteForce(values, new Map(vectors.map((vector, row) => [row, vector])), 3);
    await new Promise(setImmediate);
    for (const { row } of best) removed += Number(index.remove(row));
    const added = new Set([index.add(strangers[200 + round]!), index.add(strangers[300 + (round % 100)]!)]);
    for (const { candidates, isSelected } of await Promise.all(searches)) {
      expect(candidates).toHaveLength(5);
      if (isSelected) expect(candidates.filter(({ row }) => added.has(row))).toEqual([]);
    }
  }
  expect(removed).toBeGreaterThan(100);
});

it('does not give a row away while a search runs that began before it was removed', async () => {
  const index = filled(unitVectors(1, 3000, dimension));
  const values = unitVectors(2, 1, dimension)[0]!;
  const search = index.search({ values, k: 1 });
  index.remove(7);
  expect(index.add(values)).toBe(3000);
  await search;
  expect(index.add(values)).toBe(7);
});

it('is whole again when rows that were to be beaten are removed between two looks', async () => {
  // So close together that every search needs a second look.
  const vectors = unitVectors(3, 6000, dimension, 0.9999);
  const index = filled(vectors);
  const rows = new Map(vectors.map((vector, row) => [row, vector]));
  const values = vectors[17]!;
  for (let round = 0; round < 20; round++) {
    const search = index.search({ values, k: 10 });
    for (let turn = 0; turn < round % 7; turn++) await new Promise(setImmediate);
    for (const { row } of bruteForce(values, rows, 10)) {
      index.remove(row);
      rows.delete(row);
    }
    const { candidates } = await search;
    const now = bruteForce(values, rows, 10);
    // The search may have ended before the removal; if not, it answers what is there now.
    if (candidates.every(({ row }) => index.has(row))) expect(candidates).toEqual(now);
  }
});

it('gives a search up at once, and the others nothing of it', async () => {
  const vectors = unitVectors(4, 20_000, dimension);
  const index = filled(vectors);
  const values = vectors[3]!;
  const before = AbortSignal.abort();
  await expect(index.search({ values, k: 1 }, before)).rejects.toMatchObject({ code: 'timeout' });

  const [running, waiting] = [new AbortController(), new AbortController()];
  const searches = [running, waiting].map(({ signal }) => index.search({ values, k: 1 }, signal));
  const other = index.search({ values, k: 1 });
  running.abort();
  waiting.abort();
  for (const search of searches) await expect(search).rejects.toMatchObject({ code: 'timeout' });
  expect((await other).candidates[0]).toMatchObject({ row: 3 });
});

it('fails what runs when a thread dies, and goes on with new threads', async () => {
  const layout = layoutOf(dimension, 2, 2 ** 31);
  const pool = new ScanPool(layout, loadKernels(), 2);
  const nextBlock = () => new Int32Array(new SharedArrayBuffer(4));
  const task: ScanTask = {
    kind: 'best',
    blocks: 0,
    nextBlock: nextBlock(),
    probes: [{ codes: new Int16Array(layout.padded), weight: 1, floor: 0 }],
    digits: 2,
    capacity: 1,
    selection: undefined,
  };
  expect(await pool.run(task)).toHaveLength(2);
  // There is no memory behind this block, so whichever thread takes it dies.
  const deadly = { ...task, blocks: 1, nextBlock: nextBlock() };
  await expect(pool.run(deadly)).rejects.toThrow(EngineError);
  expect(await pool.run({ ...task, nextBlock: nextBlock() })).toHaveLength(2);
  await pool.close();
});

it('fails what runs and what comes once it is closed', async () => {
  const index = filled(unitVectors(5, 5000, dimension));
  const values = unitVectors(6, 1, dimension)[0]!;
  await index.search({ values, k: 1 });
  const running = index.search({ values, k: 1 });
  const waiting = index.search({ values, k: 1 });
  const outcome = Promise.allSettled([running, waiting]);
  await index.close();
  expect((await outcome).every(({ status }) => status === 'rejected')).toBe(true);
  await expect(index.search({ values, k: 1 })).rejects.toMatchObject({ code: 'internal' });
  expect(() => index.add(values)).toThrow('closed');
});

it('lets the process end when nothing is searched any more', async () => {
  const script = `
    import { SearchIndex } from './search-index.ts';
    import { joined, unitVectors } from './vectors.fixture.ts';
    const index = new SearchIndex({ dimension: 16, threads: 2, ownScanBytesMax: 0 });
    index.addMany(joined(unitVectors(1, 100, 16)));
    const { candidates } = await index.search({ values: unitVectors(1, 1, 16)[0], k: 1 });
    console.log(candidates[0].row);
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--conditions=@facegate/source', '--input-type=module', '--eval', script],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), timeout: 60_000 },
  );
  expect(stdout.trim()).toBe('0');
});
