import { falseMatchRate } from '@facegate/engine/vocabulary';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LEVELS } from './levels.ts';
import { rateAtScore, similarityScore } from './similarity.ts';

const rarities = fc.double({ min: 0, max: 12, noNaN: true });
const at = (rarity: number) => similarityScore(falseMatchRate(10 ** -rarity));

it('lies between 0 and 100 and never falls as false matches become rarer', () => {
  fc.assert(
    fc.property(rarities, rarities, (a, b) => {
      expect(at(a)).toBeGreaterThanOrEqual(0);
      expect(at(a)).toBeLessThanOrEqual(100);
      if (a <= b) expect(at(a)).toBeLessThanOrEqual(at(b));
    }),
  );
  expect([at(0), at(12), at(20)]).toEqual([0, 100, 100]);
});

it('is 82 at the moderate level, and 75 and 88 at its neighbours', () => {
  expect(similarityScore(falseMatchRate(LEVELS.basic))).toBe(75);
  expect(similarityScore(falseMatchRate(LEVELS.moderate))).toBe(82);
  expect(similarityScore(falseMatchRate(LEVELS.high))).toBe(88);
  expect(rateAtScore(82)).toBeCloseTo(LEVELS.moderate, 12);
});

it('shows less than a threshold that was missed by a hair', () => {
  expect(similarityScore(falseMatchRate(1.00001e-4))).toBeLessThan(82);
});

it('comes back from the rate that stands for it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
      expect(similarityScore(rateAtScore(hundredths / 100))).toBeCloseTo(hundredths / 100, 1);
    }),
  );
});
