import { describe, expect, test } from 'vitest';
import { PAD_SIGNALS, type PadEvidence, type PadSignal } from '../vocabulary/presentation-attack.ts';
import { PAD_CALIBRATION } from './calibration.data.ts';
import { limitsOf } from './calibration.ts';
import { evidenceOf, weighEvidence } from './weigh-evidence.ts';

const piece = (signal: PadSignal, logLikelihoodRatio: number): PadEvidence => ({
  signal,
  logLikelihoodRatio,
});
const weigh = (evidence: readonly PadEvidence[], contextShare = 1) =>
  weighEvidence(evidence, PAD_CALIBRATION, contextShare);
const WEAK = PAD_SIGNALS.filter((signal) => signal !== 'network');

describe('evidence', () => {
  test('is kept within the limits of its signal, however far the measurement lies', () => {
    for (const signal of PAD_SIGNALS) {
      const { weights } = PAD_CALIBRATION.signals[signal];
      const { low, high } = limitsOf(signal);
      const far = (sign: number) =>
        evidenceOf({ [signal]: weights.map((weight) => sign * 1e6 * weight) }, PAD_CALIBRATION);
      expect(far(1)).toEqual([{ signal, logLikelihoodRatio: high }]);
      expect(far(-1)).toEqual([{ signal, logLikelihoodRatio: low }]);
    }
  });

  test('is given of no signal that could not be measured', () => {
    expect(evidenceOf({}, PAD_CALIBRATION)).toEqual([]);
  });
});

describe('the outcome', () => {
  test.each(WEAK)('is not decided by %s alone, at its strongest', (signal) => {
    const others = piece('network', 0);
    expect(weigh([others, piece(signal, limitsOf(signal).high)]).outcome).toBe('undetermined');
    expect(weigh([piece(signal, limitsOf(signal).high)]).outcome).toBe('undetermined');
    expect(weigh([others, piece(signal, limitsOf(signal).low)]).outcome).not.toBe('attack');
  });

  test('is undetermined without any evidence', () => {
    expect(weigh([])).toMatchObject({ outcome: 'undetermined', assurance: 'low', evidence: [] });
  });

  test('is an attack when signals agree, with networks or without', () => {
    const found = WEAK.map((signal) => piece(signal, limitsOf(signal).high));
    expect(weigh(found).outcome).toBe('attack');
    expect(weigh([piece('network', 0), ...found]).outcome).toBe('attack');
  });

  test('is bona fide only where networks have looked', () => {
    const clean = WEAK.map((signal) => piece(signal, limitsOf(signal).low));
    expect(weigh(clean).outcome).toBe('undetermined');
    expect(weigh([piece('network', -2), ...clean]).outcome).toBe('bona-fide');
  });

  test('comes with a probability that rises with the evidence', () => {
    const probabilities = [-5, -2, 0, 2, 5].map(
      (ratio) => weigh([piece('network', ratio)]).attackProbability,
    );
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
    expect(new Set(probabilities).size).toBe(5);
  });

  test('is of low assurance where the surroundings are cut off', () => {
    const evidence = [piece('network', -5)];
    const assurances = [1, 0.95, 0.6].map((share) => weigh(evidence, share).assurance);
    expect(assurances).toEqual(['normal', 'normal', 'low']);
  });

  test('is no attack on a crop that ends at the face', () => {
    const found = [piece('network', 5), ...WEAK.map((signal) => piece(signal, limitsOf(signal).high))];
    expect([weigh(found).outcome, weigh(found, 0.15).outcome]).toEqual(['attack', 'undetermined']);
  });
});
