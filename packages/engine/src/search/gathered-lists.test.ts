import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesToGather } from './gathered-list.ts';
import { GatheredLists } from './gathered-lists.ts';
import { loadKernels } from './kernel.ts';
import { SearchIndex } from './search-index.ts';
import { selectionOf } from './selection.ts';
import { bruteForce, joined, unitVectors } from './vectors.fixture.ts';

const DIMENSION = 64;
const VECTORS = unitVectors(1, 12_000, DIMENSION);
const PROBES = unitVectors(3, 2, DIMENSION);

const opened: SearchIndex[] = [];
afterAll(async () => {
  for (const index of opened) await index.close();
});

const within = (rows: ReadonlyMap<number, Float32Array>, wanted: ReadonlySet<number>) =>
  new Map([...rows].filter(([row]) => wanted.has(row)));

function filled() {
  const index = new SearchIndex({ dimension: DIMENSION, threads: 1 });
  opened.push(index);
  const rows = new Map([...index.addMany(joined(VECTORS))].map((row, i) => [row, VECTORS[i]!]));
  return { index, rows };
}

describe('a list that is searched again and again', () => {
  it('is answered as brute force does while rows go, come back as others, and come to exist', async () => {
    // The best answers go, and what comes instead is among the best.
    const change = fc.record({ place: fc.nat(1999), isBest: fc.boolean(), isAdded: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 60 }), fc.nat(4), async (changes, start) => {
        const { index, rows } = filled();
        // Beyond the last row too: what is listed there does not exist yet.
        const listed = Uint32Array.from({ length: 2000 }, (_, i) => start + i * 6 + (i > 1990 ? 40 : 0));
        const selection = selectionOf(listed, index.capacity);
        const wanted = new Set(listed);
        const check = async () => {
          for (const values of PROBES) {
            const { candidates } = await index.search({ values, k: 10, rows: selection });
            expect(candidates).toEqual(bruteForce(values, within(rows, wanted), 10));
          }
        };
        await check();
        for (const { place, isBest, isAdded } of changes) {
          const row = isBest ? bruteForce(PROBES[0]!, within(rows, wanted), 1)[0]!.row : listed[place]!;
          if (index.remove(row)) rows.delete(row);
          if (isAdded) rows.set(index.add(PROBES[place % 2]!), PROBES[place % 2]!);
        }
        await check();
      }),
      { numRuns: 12 },
    );
  });

  it('finds all of many equal rows in the order of their numbers', async () => {
    const index = new SearchIndex({ dimension: DIMENSION, threads: 1 });
    opened.push(index);
    index.addMany(joined(Array.from({ length: 9000 }, () => VECTORS[0]!)));
    const rows = selectionOf(
      Uint32Array.from({ length: 1500 }, (_, i) => 5 * i + 3),
      index.capacity,
    );
    for (let i = 0; i < 3; i++) {
      const { candidates } = await index.search({ values: VECTORS[0]!, k: 200, rows });
      expect(candidates.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, at) => 5 * at + 3));
    }
  });
});

describe('GatheredLists', () => {
  const source = { read: () => ({ step: 0, error: Number.NEGATIVE_INFINITY }) };
  const from = { source, capacity: 100_000 };
  const listOf = (length: number) =>
    selectionOf(
      Uint32Array.from({ length }, (_, i) => 3 * i),
      1e9,
    );
  const open = (bytesMax?: number) => new GatheredLists(DIMENSION, loadKernels(), bytesMax);

  it('gathers with the second search, and only lists that are worth it', () => {
    const lists = open();
    const list = listOf(2000);
    expect(lists.of(list, from)).toBeUndefined();
    const gathered = lists.of(list, from);
    expect(gathered).toBeDefined();
    expect(lists.of(list, from)).toBe(gathered);
    for (const other of [listOf(1000), listOf(200_000), undefined, bitmap()]) {
      for (let i = 0; i < 3; i++) expect(lists.of(other, from)).toBeUndefined();
    }
  });

  it('keeps nothing of a row that has gone', () => {
    const lists = open();
    const list = listOf(2000);
    lists.of(list, from);
    const gathered = lists.of(list, from)!;
    const codes = new Int32Array(DIMENSION / 4);
    const probe = { codes: new Int16Array(DIMENSION), weight: 1, floor: -1 };
    const found = () =>
      gathered.scan({ kind: 'all', probes: [probe], capacity: 2048, selection: list }).rows.toString();
    lists.write(15, codes, { step: 1, error: 0 });
    lists.write(16, codes, { step: 1, error: 0 });
    expect(found()).toBe('15');
    lists.clear(15);
    expect(found()).toBe('');
  });

  it('lets go of what was not used for longest', () => {
    const lists = open(2 * bytesToGather(2000, DIMENSION));
    const [a, b, c] = [listOf(2000), listOf(2000), listOf(2000)];
    for (const list of [a, b, c]) lists.of(list, from);
    const [firstA, firstB] = [lists.of(a, from), lists.of(b, from)];
    expect(lists.of(a, from)).toBe(firstA);
    expect(lists.of(c, from)).toBeDefined();
    expect(lists.of(a, from)).toBe(firstA);
    const secondB = lists.of(b, from);
    expect(secondB).toBeDefined();
    expect(secondB).not.toBe(firstB);
  });

  const bitmap = () => ({ kind: 'bitmap', bits: new Uint8Array(1000) }) as const;
});
