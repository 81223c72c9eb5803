import type { ScoreSheet } from './all-pairs.ts';
import { type Rate, shareBySubject } from './share-by-subject.ts';

/** Share of mated comparisons below a threshold, with an interval over subjects. */
export const falseNonMatchRate = (sheet: ScoreSheet, threshold: number): Rate =>
  shareBySubject(sheet.mated, ({ score }) => score < threshold);

/** Where false matches and false non-matches are equally frequent. */
export function equalErrorRate(sheet: ScoreSheet): { readonly rate: number; readonly threshold: number } {
  const mated = sheet.mated.map(({ score }) => score).sort((a, b) => a - b);
  let low = 0;
  let high = mated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (middle / mated.length >= sheet.falseMatchRateAt(mated[middle] ?? 1)) high = middle;
    else low = middle + 1;
  }
  const threshold = mated[low] ?? 1;
  return { rate: (low / mated.length + sheet.falseMatchRateAt(threshold)) / 2, threshold };
}

export interface DetPoint {
  readonly falseMatchRate: number;
  readonly falseNonMatchRate: number;
}

/** The detection error trade-off at rates from 10⁻⁶ to 10⁻¹, ten to a decade, as far as the data reach. */
export function detCurve(sheet: ScoreSheet): DetPoint[] {
  const mated = Float64Array.from(sheet.mated, ({ score }) => score).sort();
  const points: DetPoint[] = [];
  for (let step = -60; step <= -10; step++) {
    const falseMatchRate = 10 ** (step / 10);
    if (falseMatchRate * sheet.nonMatedCount < 10) continue;
    const threshold = sheet.thresholdAt(falseMatchRate);
    const misses = mated.findIndex((score) => score >= threshold);
    points.push({ falseMatchRate, falseNonMatchRate: (misses < 0 ? mated.length : misses) / mated.length });
  }
  return points;
}
