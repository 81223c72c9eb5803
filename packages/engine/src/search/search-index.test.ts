import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { SearchIndex } from './search-index.ts';
import type { SearchIndexOptions } from './search-query.ts';
import { type RowSelection, selectionOf } from './selection.ts';
import { bruteForce, joined, unit, unitVectors } from './vectors.fixture.ts';

// Threads start from sources here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const opened: SearchIndex[] = [];
afterAll(async () => {
  for (const index of opened) await index.close();
});

/** An index and beside it what it should hold. */
function filled(vectors: readonly Float32Array[], options: Partial<SearchIndexOptions> = {}) {
  const index = new SearchIndex({ dimension: vectors[0]?.length ?? 8, threads: 2, ...options });
  opened.push(index);
  const rows = vectors.length > 0 ? [...index.addMany(joined(vectors))] : [];
  return { index, rows: new Map(rows.map((row, i) => [row, vectors[i]!])) };
}

/** Every scan goes to the threads, however small. */
const THREADS_ONLY = { ownScanBytesMax: 0 };

describe.each([3, 16, 128, 384, 512, 1152])('of dimension %d', (dimension) => {
  const vectors = unitVectors(dimension, 2500, dimension);
  const probes = [...unitVectors(7, 4, dimension), vectors[42]!, vectors[2100]!.map((value) => -value)];

  it('answers as brute force does, on its own thread and on others', async () => {
    for (const options of [{}, THREADS_ONLY]) {
      const { index, rows } = filled(vectors, options);
      for (const values of probes) {
        const { candidates } = await index.search({ values, k: 10 });
        expect(candidates).toEqual(bruteForce(values, rows, 10));
      }
    }
  });

  it('answers searches that share a pass as it answers them alone', async () => {
    const { index, rows } = filled(vectors, THREADS_ONLY);
    const many = unitVectors(8, 70, dimension);
    const answers = await Promise.all(many.map((values, i) => index.search({ values, k: 1 + (i % 5) })));
    answers.forEach(({ candidates }, i) => {
      expect(candidates).toEqual(bruteForce(many[i]!, rows, 1 + (i % 5)));
    });
  });

  it('keeps to a list and to a bitmap', async () => {
    const { index, rows } = filled(vectors, THREADS_ONLY);
    for (const every of [2, 40, 1000]) {
      const chosen = Uint32Array.from([...rows.keys()].filter((row) => row % every === 1));
      const wanted = new Map([...chosen].map((row) => [row, rows.get(row)!]));
      for (const selection of [{ kind: 'list', rows: chosen }, bitmapOf(chosen, index.capacity)] as const) {
        const { candidates } = await index.search({ values: probes[0]!, k: 5, rows: selection });
        expect(candidates).toEqual(bruteForce(probes[0]!, wanted, 5));
      }
    }
  });
});

function bitmapOf(rows: Uint32Array, capacity: number): RowSelection {
  const bits = new Uint8Array(Math.ceil(capacity / 8));
  for (const row of rows) bits[row >> 3]! |= 1 << (row & 7);
  return { kind: 'bitmap', bits };
}

describe('where scores are close', () => {
  it('lists equal rows by their number', async () => {
    const [vector] = unitVectors(1, 1, 64) as [Float32Array];
    const { index } = filled(
      Array.from({ length: 5000 }, () => vector),
      THREADS_ONLY,
    );
    const { candidates } = await index.search({ values: vector, k: 7 });
    expect(candidates.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('looks again when more rows come close than it kept, and is right', async () => {
    const vectors = unitVectors(3, 6000, 128, 0.9999);
    const { index, rows } = filled(vectors, THREADS_ONLY);
    const values = vectors[17]!;
    const { candidates, rescans, reranked } = await index.search({ values, k: 10 });
    expect(candidates).toEqual(bruteForce(values, rows, 10));
    expect(rescans).toBe(1);
    expect(reranked).toBeGreaterThan(1000);
  });

  it('is right where the codes alone put rows into the wrong order', async () => {
    // One large value makes the step coarse; the probe looks only at what the coarse step rounds away.
    const vectors = Array.from({ length: 400 }, (_, i) =>
      unit(
        Float32Array.from({ length: 64 }, (_, j) => (j === 0 ? 1 : j === 1 + (i % 63) ? 1e-5 * (i + 1) : 0)),
      ),
    );
    const { index, rows } = filled(vectors, THREADS_ONLY);
    for (let at = 1; at < 64; at += 9) {
      const values = unit(Float32Array.from({ length: 64 }, (_, j) => (j === at ? 1 : j === 0 ? 1e-3 : 0)));
      const { candidates } = await index.search({ values, k: 20 });
      expect(candidates).toEqual(bruteForce(values, rows, 20));
    }
  });

  it('is right when every row beats all before it', async () => {
    const [probe, away] = unitVectors(5, 2, 32) as [Float32Array, Float32Array];
    const vectors = Array.from({ length: 6000 }, (_, i) =>
      unit(probe.map((value, j) => (value * i) / 6000 + away[j]! * (1 - i / 6000))),
    );
    const { index, rows } = filled(vectors, THREADS_ONLY);
    const { candidates } = await index.search({ values: probe, k: 100 });
    expect(candidates).toEqual(bruteForce(probe, rows, 100));
    expect(candidates[0]!.row).toBe(5999);
  });
});

describe('limits', () => {
  it('answers nothing when empty, and everything when k is larger than it', async () => {
    const { index } = filled([], { dimension: 8 });
    const values = unitVectors(1, 1, 8)[0]!;
    expect(await index.search({ values, k: 3 })).toEqual({ candidates: [], reranked: 0, rescans: 0 });
    const vectors = unitVectors(2, 50, 8);
    const full = filled(vectors, THREADS_ONLY);
    for (const k of [50, 51, 100_000]) {
      const { candidates } = await full.index.search({ values, k });
      expect(candidates).toEqual(bruteForce(values, full.rows, k));
    }
  });

  it('leaves out what scores below the least score, and nothing else', async () => {
    const vectors = unitVectors(4, 3000, 48, 0.2);
    const { index, rows } = filled(vectors, THREADS_ONLY);
    const values = vectors[5]!;
    const all = bruteForce(values, rows, 3000);
    // One of them is a score that a row has, and that row belongs to the answer.
    for (const scoreMin of [0.999, all[20]!.score, all[400]!.score, 0.2, -1]) {
      const { candidates } = await index.search({ values, k: 3000, scoreMin });
      expect(candidates).toEqual(bruteForce(values, rows, 3000, scoreMin));
      const first = await index.search({ values, k: 3, scoreMin });
      expect(first.candidates).toEqual(candidates.slice(0, 3));
    }
  });

  it('fills one memory after another', async () => {
    const vectors = unitVectors(6, 9000, 64);
    const { index, rows } = filled(vectors, { ...THREADS_ONLY, segmentBytes: 1 });
    for (const values of unitVectors(9, 5, 64)) {
      const answers = await Promise.all([index.search({ values, k: 12 }), index.search({ values, k: 12 })]);
      for (const { candidates } of answers) expect(candidates).toEqual(bruteForce(values, rows, 12));
    }
  });

  it.each([
    ['a wrong dimension', { values: unitVectors(1, 1, 7)[0]!, k: 1 }],
    ['a value that is not finite', { values: Float32Array.of(Number.NaN, 1, 0, 0, 0, 0, 0, 0), k: 1 }],
    ['a vector that is not of unit length', { values: new Float32Array(8), k: 1 }],
    ['k below 1', { values: unitVectors(1, 1, 8)[0]!, k: 0 }],
    ['k that is not whole', { values: unitVectors(1, 1, 8)[0]!, k: 1.5 }],
    ['a least score that is not a number', { values: unitVectors(1, 1, 8)[0]!, k: 1, scoreMin: Number.NaN }],
    [
      'rows out of order',
      { values: unitVectors(1, 1, 8)[0]!, k: 1, rows: { kind: 'list', rows: Uint32Array.of(2, 1) } as const },
    ],
  ])('refuses %s', async (_, query) => {
    const { index } = filled([], { dimension: 8 });
    await expect(index.search(query)).rejects.toMatchObject({ name: 'EngineError', code: 'invalid-request' });
  });

  it('refuses more rows than it may hold, all or none', () => {
    const { index } = filled(unitVectors(1, 3, 8), { rowsMax: 5 });
    expect(() => index.addMany(joined(unitVectors(2, 3, 8)))).toThrow('full');
    expect(index.size).toBe(3);
    index.addMany(joined(unitVectors(2, 2, 8)));
    expect(index.size).toBe(5);
    expect(() => index.add(unitVectors(3, 1, 8)[0]!)).toThrow('full');
  });

  it('adds none of many when one is refused', () => {
    const { index } = filled([], { dimension: 8 });
    expect(() => index.addMany(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0))).toThrow(
      'length',
    );
    expect(() => index.addMany(new Float32Array(9))).toThrow('8 values');
    expect(index.size).toBe(0);
  });

  it.each([
    { dimension: 0 },
    { dimension: 5000 },
    { dimension: 8, threads: 0 },
    { dimension: 8, rowsMax: -1 },
    { dimension: 8, segmentBytes: 2 ** 32 },
  ])('refuses the options %o', (options) => {
    expect(() => new SearchIndex(options)).toThrow('whole number');
  });
});

it('chooses a list for few rows and a bitmap for many', () => {
  expect(selectionOf(Uint32Array.of(1, 5), 100)).toEqual({ kind: 'list', rows: Uint32Array.of(1, 5) });
  const many = selectionOf(Uint32Array.of(0, 1, 9), 10);
  expect(many).toEqual({ kind: 'bitmap', bits: Uint8Array.of(3, 2) });
});

describe('whatever is added and removed', () => {
  const dimension = 24;
  /** Few directions, slightly bent: many equal and nearly equal rows. */
  const vector = fc
    .record({ seed: fc.integer({ min: 1, max: 6 }), bend: fc.constantFrom(0, 0, 1e-7, 1e-4, -1e-4) })
    .map(({ seed, bend }) => {
      const [base] = unitVectors(seed, 1, dimension, 0.5) as [Float32Array];
      return unit(base.map((value, i) => value + (i === 3 ? bend : 0)));
    });
  const change = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), values: vector }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(40) }),
    fc.record({
      kind: fc.constant('search' as const),
      values: vector,
      k: fc.integer({ min: 1, max: 12 }),
      scoreMin: fc.constantFrom(undefined, -0.2, 0.5, 0.9999),
    }),
  );

  it('finds what brute force finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        async (changes, alone) => {
          const { index } = filled([], { dimension, threads: 1, ...(alone ? {} : { segmentBytes: 1 }) });
          const rows = new Map<number, Float32Array>();
          for (const step of changes) {
            if (step.kind === 'add') rows.set(index.add(step.values), step.values);
            else if (step.kind === 'remove') expect(index.remove(step.at)).toBe(rows.delete(step.at));
            else {
              const { candidates } = await index.search(step);
              expect(candidates).toEqual(bruteForce(step.values, rows, step.k, step.scoreMin));
            }
          }
          expect(index.size).toBe(rows.size);
        },
      ),
      { numRuns: 60 },
    );
  });
});
