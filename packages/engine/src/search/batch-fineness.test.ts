import { afterAll, expect, it } from 'vitest';
import { BatchFineness } from './batch-fineness.ts';
import { SearchIndex } from './search-index.ts';
import { bruteForce, joined, unitVectors } from './vectors.fixture.ts';

const judged = (padded: number, uncertain: number, searches = 64) => {
  const fineness = new BatchFineness(padded);
  for (let i = 0; i < searches; i++) fineness.judge(i >= uncertain);
  return fineness.digits;
};

it('begins with the upper digits where vectors are short', () => {
  expect([64, 256, 320, 512].map((padded) => new BatchFineness(padded).digits)).toEqual([1, 1, 2, 2]);
});

it('takes both digits once more than a sixteenth of the answers were uncertain', () => {
  expect([0, 4, 5, 64].map((uncertain) => judged(128, uncertain))).toEqual([1, 1, 2, 2]);
  expect(judged(128, 63, 63)).toBe(1);
});

const opened: SearchIndex[] = [];
afterAll(async () => {
  for (const index of opened) await index.close();
});

it('is told by the searches of an index: where templates crowd, further passes come to an end', async () => {
  const vectors = unitVectors(1, 9000, 64, 0.94);
  const index = new SearchIndex({ dimension: 64, threads: 2, ownScanBytesMax: 0 });
  opened.push(index);
  const rows = new Map([...index.addMany(joined(vectors))].map((row, i) => [row, vectors[i]!]));
  const probes = unitVectors(2, 64, 64, 0.94);
  const batch = async () => Promise.all(probes.map((values) => index.search({ values, k: 10 })));
  const passes: number[] = [];
  for (let round = 0; round < 3; round++) {
    const answers = await batch();
    passes.push(answers.filter(({ rescans }) => rescans > 0).length);
    answers.forEach(({ candidates }, i) => {
      expect(candidates).toEqual(bruteForce(probes[i]!, rows, 10));
    });
  }
  expect(passes[0]).toBeGreaterThan(8);
  expect(passes[2]).toBeLessThan(8);
}, 60_000);
