import { falseMatchRate } from '@facegate/engine/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateReaching, scoreAtSimilarity, similarityAt } from './similarity.ts';

const at = (rate: number) => similarityAt(falseMatchRate(rate));
const rarity = fc.double({ min: 0, max: 14, noNaN: true });

describe('similarity', () => {
  it("is 0.75 at a false match rate of 1e-3, where the vendor's samples put their threshold", () => {
    expect(at(1e-3)).toBeCloseTo(0.75, 9);
  });

  it.each([
    [1, 0],
    [1e-1, 0.5],
    [1e-2, 0.7],
    [1e-4, 0.85],
    [1e-5, 0.92],
  ])('at rate %d is %d', (rate, similarity) => {
    expect(at(rate)).toBeCloseTo(similarity, 9);
  });

  it("saturates just below 1 for identical faces, as the vendor's own answer to an image and itself", () => {
    expect(at(1e-12)).toBeCloseTo(0.9997, 4);
    expect(at(1e-20)).toBe(at(1e-12));
  });

  it('never falls as false matches become rarer, and stays within 0..1', () => {
    fc.assert(
      fc.property(rarity, rarity, (a, b) => {
        const [common, rare] = a < b ? [a, b] : [b, a];
        expect(at(10 ** -rare)).toBeGreaterThanOrEqual(at(10 ** -common));
        expect(at(10 ** -rare)).toBeGreaterThanOrEqual(0);
        expect(at(10 ** -rare)).toBeLessThan(1);
      }),
    );
  });
});

describe('score', () => {
  it.each([
    [0.75, 1.054],
    [0.811, 1.0],
    [0.5, 1.218],
    // The two recorded answers the logistic was fitted to.
    [0.994479, 0.441651],
    [0.012197, 1.87468],
  ])('at similarity %d is %d', (similarity, score) => {
    expect(scoreAtSimilarity(similarity)).toBeCloseTo(score, 3);
  });

  it('is 0 at the similarity of identical faces and at most 4', () => {
    expect(scoreAtSimilarity(at(1e-12))).toBe(0);
    expect(scoreAtSimilarity(1)).toBe(0);
    expect(scoreAtSimilarity(0)).toBe(4);
  });

  it('never rises with similarity and is always a number JSON can hold', () => {
    const similarity = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(similarity, similarity, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(scoreAtSimilarity(high)).toBeLessThanOrEqual(scoreAtSimilarity(low));
        expect(Number.isFinite(scoreAtSimilarity(low))).toBe(true);
      }),
    );
  });
});

describe('the rate that reaches a score', () => {
  const scoreAt = (rate: number) => scoreAtSimilarity(at(rate));

  const rarityReaching = (score: number) => -Math.log10(rateReaching(score));

  it.each([
    [scoreAtSimilarity(0.75), 3],
    [scoreAtSimilarity(0.5), 1],
    [scoreAtSimilarity(0.92), 5],
    [0, 12],
    [4, 0],
    [100, 0],
  ])('%d is one in 10 to the %d', (score, expected) => {
    expect(rarityReaching(score)).toBeCloseTo(expected, 5);
  });

  it('lets in every comparison whose score is the one asked, and none commoner than by a hair', () => {
    fc.assert(
      fc.property(rarity, (r) => {
        const reached = rarityReaching(scoreAt(10 ** -r));
        expect(reached).toBeLessThanOrEqual(Math.min(r, 12));
        expect(reached).toBeGreaterThanOrEqual(Math.min(r, 12) - 2e-6);
      }),
    );
  });
});
