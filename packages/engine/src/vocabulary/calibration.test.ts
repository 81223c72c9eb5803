import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseMatchRateAt, scoreAt } from './calibration.ts';
import { comparisonScore } from './units.ts';

const calibration = {
  dataset: 'drawn',
  measuredOn: '2026-01-01',
  nonMatedComparisons: 1_000_000,
  anchors: [
    { falseMatchRate: 1e-1, score: 0.1 },
    { falseMatchRate: 1e-2, score: 0.25 },
    { falseMatchRate: 1e-3, score: 0.35 },
    { falseMatchRate: 1e-4, score: 0.42 },
  ],
};
const anyScore = fc.double({ min: -1, max: 1, noNaN: true });

describe('calibration', () => {
  it('meets every anchor', () => {
    for (const { falseMatchRate, score } of calibration.anchors) {
      expect(Math.log10(falseMatchRateAt(calibration, comparisonScore(score)))).toBeCloseTo(
        Math.log10(falseMatchRate),
        9,
      );
      expect(scoreAt(calibration, falseMatchRate)).toBeCloseTo(score, 9);
    }
  });

  it('is 1 for the worst score and 1e-12 for a template against itself', () => {
    expect(falseMatchRateAt(calibration, comparisonScore(-1))).toBe(1);
    expect(falseMatchRateAt(calibration, comparisonScore(1))).toBeCloseTo(1e-12, 20);
  });

  it('falls strictly as the score rises', () => {
    fc.assert(
      fc.property(anyScore, anyScore, (a, b) => {
        fc.pre(a + 1e-6 < b);
        const rate = (score: number) => falseMatchRateAt(calibration, comparisonScore(score));
        expect(rate(a)).toBeGreaterThan(rate(b));
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(anyScore, (score) => {
        expect(scoreAt(calibration, falseMatchRateAt(calibration, comparisonScore(score)))).toBeCloseTo(
          score,
          6,
        );
      }),
    );
  });
});
