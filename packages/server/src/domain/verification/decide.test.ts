import type { Calibration, FalseMatchRate, Template } from '@facegate/engine/vocabulary';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from './decide.ts';

const CALIBRATION: Calibration = {
  dataset: 'none',
  measuredOn: '2026-01-01',
  nonMatedComparisons: 1,
  anchors: [
    { falseMatchRate: 0.5, score: 0 },
    { falseMatchRate: 1e-3, score: 0.4 },
    { falseMatchRate: 1e-5, score: 0.6 },
  ],
};

/** Unit vectors in a plane: their comparison score is the cosine of the angle between them. */
const at = (radians: number): Template => ({
  packId: 'plane@1',
  values: Float32Array.of(Math.cos(radians), Math.sin(radians)),
});

const outcomeAt = (radians: number, rate: number) =>
  decide(CALIBRATION, {
    probe: at(0),
    references: [at(radians)],
    falseMatchRateMax: rate as FalseMatchRate,
  }).outcome;

it('matches at every easier operating point what matches at a harder one', () => {
  const rates = [1e-3, 1e-4, 1e-5];
  fc.assert(
    fc.property(fc.double({ min: 0, max: Math.PI, noNaN: true }), (angle) => {
      const matches = rates.map((rate) => outcomeAt(angle, rate) === 'match');
      expect(matches).toEqual(matches.toSorted((a, b) => Number(b) - Number(a)));
    }),
  );
});

it.each([
  [0.41, 'match', 'non-match', 'non-match'],
  [0.55, 'match', 'match', 'non-match'],
  [0.61, 'match', 'match', 'match'],
])('tells the three operating points apart: a score of %d', (score, ...outcomes) => {
  const angle = Math.acos(score);
  expect([1e-3, 1e-4, 1e-5].map((rate) => outcomeAt(angle, rate))).toEqual(outcomes);
});

it('goes by the most similar of several references', () => {
  const references = [at(2), at(0.1), at(3)];
  const verdict = decide(CALIBRATION, {
    probe: at(0),
    references,
    falseMatchRateMax: 1e-4 as FalseMatchRate,
  });
  expect(verdict.outcome).toBe('match');
  expect(verdict.comparisonScore).toBeCloseTo(Math.cos(0.1), 6);
});
