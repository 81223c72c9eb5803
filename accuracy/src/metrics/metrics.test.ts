import { describe, expect, it } from 'vitest';
import { parsePair } from '../datasets/lfw-view1.ts';
import { compareAllPairs, ScoreSheet } from './all-pairs.ts';
import { detCurve, equalErrorRate, falseNonMatchRate } from './error-rates.ts';
import { bestThreshold, tenFoldAccuracy } from './ten-fold.ts';

/** Non-mated scores 0.000 … 0.999, mated scores 0.500 … 1.499 halved into 0..1. */
function drawnSheet(): ScoreSheet {
  const sheet = new ScoreSheet();
  for (let i = 0; i < 1000; i++) {
    sheet.add(i / 1000 - 0.5, { subject: 'a', mated: false });
    sheet.add(i / 1000 - 0.1, { subject: `s${i % 20}`, mated: true });
  }
  return sheet;
}

describe('error rates over all pairs', () => {
  it('accepts at most the asked share of non-mated comparisons', () => {
    const sheet = drawnSheet();
    for (const rate of [0.1, 0.05, 0.01]) {
      const threshold = sheet.thresholdAt(rate);
      expect(sheet.falseMatchRateAt(threshold)).toBeLessThanOrEqual(rate);
      expect(sheet.falseMatchRateAt(threshold - 0.003)).toBeGreaterThan(rate);
    }
  });

  it('counts the mated comparisons below the threshold and brackets the share', () => {
    const rate = falseNonMatchRate(drawnSheet(), 0.1);
    expect(rate.value).toBeCloseTo(0.2, 2);
    expect(rate.n).toBe(1000);
    expect(rate.low).toBeLessThanOrEqual(rate.value);
    expect(rate.high).toBeGreaterThanOrEqual(rate.value);
  });

  it('finds where both errors are equally frequent', () => {
    expect(equalErrorRate(drawnSheet()).rate).toBeCloseTo(0.3, 2);
  });

  it('draws a curve that falls', () => {
    const curve = detCurve(drawnSheet());
    for (const [index, point] of curve.entries()) {
      expect(point.falseNonMatchRate).toBeLessThanOrEqual(curve[index - 1]?.falseNonMatchRate ?? 1);
    }
  });

  it('compares every two pictures once', () => {
    const values = Float32Array.from([1, 0, 0, 0]);
    const sample = (subject: string, index: number) => ({
      sample: { id: `${index}`, file: '', subject },
      values,
    });
    const sheet = compareAllPairs([sample('a', 1), sample('a', 2), sample('a', 3), sample('b', 4)]);
    expect(sheet.mated).toHaveLength(3);
    expect(sheet.nonMatedCount).toBe(3);
    expect(sheet.mated[0]?.score).toBe(1);
  });
});

describe('ten-fold accuracy', () => {
  const pairs = Array.from({ length: 200 }, (_, index) => ({
    probe: '',
    reference: '',
    mated: index % 2 === 0,
    score: (index % 2 === 0 ? 0.6 : 0.2) + (index % 10) / 100,
  }));

  it('is 1 when the scores separate', () => {
    expect(tenFoldAccuracy(pairs).accuracy).toBe(1);
    const threshold = bestThreshold(pairs);
    expect(threshold).toBeGreaterThan(0.29);
    expect(threshold).toBeLessThan(0.6);
  });

  it('is about one half when the scores say nothing', () => {
    const blind = pairs.map((pair, index) => ({ ...pair, score: ((index * 7919) % 200) / 200 }));
    expect(Math.abs(tenFoldAccuracy(blind).accuracy - 0.5)).toBeLessThan(0.15);
  });
});

describe('the LFW pair lists', () => {
  it('read mated and non-mated lines', () => {
    expect(parsePair('Aaron_Peirsol\t1\t12')).toEqual({
      probe: 'Aaron_Peirsol_0001',
      reference: 'Aaron_Peirsol_0012',
      mated: true,
    });
    expect(parsePair('AJ_Cook\t1\tMarsha_Thomason\t2')).toEqual({
      probe: 'AJ_Cook_0001',
      reference: 'Marsha_Thomason_0002',
      mated: false,
    });
  });
});
