import { describe, expect, it } from 'vitest';
import { discardBelow, type JudgedComparison } from './error-versus-discard.ts';

/** A hundred subjects with ten comparisons each; the one in ten that is missed has the lowest quality or a middling one. */
const comparisons = (qualityOfMissed: number): JudgedComparison[] =>
  Array.from({ length: 1000 }, (_, i) => ({
    subject: `s${Math.floor(i / 10)}`,
    isMissed: i % 10 === 0,
    quality: i % 10 === 0 ? qualityOfMissed : 10 * (i % 10),
  }));

describe('error versus discard', () => {
  it('is that of all comparisons where nothing is left out', () => {
    const { falseNonMatchRate, relativeDrop } = discardBelow(comparisons(0), 0);
    expect(falseNonMatchRate).toMatchObject({ value: 0.1, n: 1000 });
    expect(relativeDrop.value).toBe(0);
  });

  it('falls to nothing where the quality tells which comparisons fail', () => {
    const { falseNonMatchRate, relativeDrop } = discardBelow(comparisons(0), 5);
    expect(falseNonMatchRate).toMatchObject({ value: 0, n: 900 });
    expect(relativeDrop).toMatchObject({ value: 1, low: 1, high: 1 });
  });

  it('rises where the quality says the opposite', () => {
    const { falseNonMatchRate, relativeDrop } = discardBelow(comparisons(95), 45);
    expect(falseNonMatchRate).toMatchObject({ value: 100 / 600, n: 600 });
    expect(relativeDrop.value).toBeCloseTo(-2 / 3, 10);
  });

  it('has intervals that hold the figure', () => {
    const some = comparisons(0).map((one, i) => ({ ...one, quality: i % 20 === 0 ? 0 : 50 }));
    const { value, low, high } = discardBelow(some, 5).relativeDrop;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});
