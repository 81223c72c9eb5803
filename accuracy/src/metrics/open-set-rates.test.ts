import { expect, it } from 'vitest';
import type { SearchOutcome } from '../identification/search-gallery.ts';
import { OpenSetRates } from './open-set-rates.ts';

/** Non-mated best scores 0.000 … 0.999; mated 0.500 … 1.499, one in ten of them with a stranger first. */
const outcomes: SearchOutcome[] = Array.from({ length: 1000 }, (_, i) => [
  { subject: `n${i % 100}`, isMated: false, bestScore: i / 1000, mateRank: Number.POSITIVE_INFINITY },
  { subject: `m${i % 100}`, isMated: true, bestScore: 0.5 + i / 1000, mateRank: i % 10 === 9 ? 2 : 1 },
]).flat();
const rates = new OpenSetRates(outcomes);

it('sets the threshold so that at most the asked share of non-mated searches has a candidate above it', () => {
  expect(rates.thresholdAt(0.1)).toMatchObject({ value: 0.899, n: 1000 });
  expect(rates.falsePositiveRateAbove(0.899).value).toBe(0.1);
  expect(rates.falsePositiveRateAbove(0.898).value).toBeGreaterThan(0.1);
});

it('counts as missed who is not found first, and who is not above the threshold', () => {
  // 400 of 1000 do not exceed 0.899; of the 600 that do, 60 have a stranger first.
  expect(rates.falseNegativeRateAt(0.1).value).toBeCloseTo(0.46, 10);
  expect(rates.falseNegativeRateAt(1).value).toBeCloseTo(0.1, 10);
});

it('brackets the rates, and more widely where the threshold is uncertain as well', () => {
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  const { value, low, high } = rates.falseNegativeRateAt(0.01);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
  const threshold = rates.thresholdAt(0.01);
  expect(width(threshold)).toBeGreaterThan(0);
  expect(threshold.low).toBeLessThanOrEqual(threshold.value);
  expect(threshold.high).toBeGreaterThanOrEqual(threshold.value);
});

it('is not moved by the order of the searches', () => {
  const reversed = new OpenSetRates([...outcomes].reverse());
  expect(reversed.falseNegativeRateAt(0.05).value).toBe(rates.falseNegativeRateAt(0.05).value);
});
