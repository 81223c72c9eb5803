import { type Calibration, comparisonScore, falseMatchRateAt, interpolate } from '@facegate/engine';

/** Orders of magnitude of the false match rate → similarity, as the surface's page in docs/surfaces tells clients. */
const SIMILARITY_BY_RARITY = [
  { x: 0, y: 0 },
  { x: 1, y: 0.5 },
  { x: 2, y: 0.7 },
  { x: 3, y: 0.75 },
  { x: 4, y: 0.85 },
  { x: 5, y: 0.92 },
  { x: 12, y: 1 / (1 + Math.exp(-8.1486)) },
];

/** The similarity, 0..1, that a client of the Regula surface is to get for a comparison score. */
export function similarityOf(calibration: Calibration, score: number): number {
  const rate = falseMatchRateAt(calibration, comparisonScore(Math.max(-1, Math.min(1, score))));
  return interpolate(SIMILARITY_BY_RARITY, -Math.log10(rate));
}
