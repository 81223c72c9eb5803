import { type FalseMatchRate, falseMatchRate, interpolate } from '@facegate/engine/vocabulary';

/**
 * The vendor's `score` (a dissimilarity, 0 = identical) and `similarity` (0..1) are tied by a logistic, fitted to two
 * recorded answers: (1.87468, 0.012197) and (0.441651, 0.994479).
 */
const SLOPE = 6.6907;
const OFFSET = 8.1486;

/** Squared distance of opposite unit vectors: the vendor's score cannot be larger. */
const SCORE_MAX = 4;

const logistic = (score: number): number => 1 / (1 + Math.exp(SLOPE * score - OFFSET));

/**
 * Orders of magnitude of the false match rate → similarity. 0.75, the threshold in the vendor's own samples, lies at
 * 1e-3; the line ends at the similarity of identical faces.
 */
const SIMILARITY_BY_RARITY = [
  { x: 0, y: 0 },
  { x: 1, y: 0.5 },
  { x: 2, y: 0.7 },
  { x: 3, y: 0.75 },
  { x: 4, y: 0.85 },
  { x: 5, y: 0.92 },
  { x: 12, y: logistic(0) },
];

const RARITY_BY_SIMILARITY = SIMILARITY_BY_RARITY.map(({ x, y }) => ({ x: y, y: x }));

/** Similarity on the vendor's scale, 0..1, of a comparison with this false match rate. Monotone. */
export const similarityAt = (rate: FalseMatchRate): number =>
  interpolate(SIMILARITY_BY_RARITY, -Math.log10(rate));

/** The vendor's `score` at a similarity: 0..4, falling. 0.75 ↔ 1.054, 0.811 ↔ 1. */
export function scoreAtSimilarity(similarity: number): number {
  if (similarity <= logistic(SCORE_MAX)) return SCORE_MAX;
  return Math.max(0, (OFFSET + Math.log((1 - similarity) / similarity)) / SLOPE);
}

/** Orders of magnitude by which {@link rateReaching} is too generous: more than rounding, less than matters. */
const ROUNDING = 1e-6;

/**
 * The false match rate of comparisons whose `score` reaches, or by a hair misses, the one given: whoever must have it
 * exact compares the scores themselves afterwards.
 */
export function rateReaching(score: number): FalseMatchRate {
  if (score >= SCORE_MAX) return falseMatchRate(1);
  const rarity = interpolate(RARITY_BY_SIMILARITY, logistic(score));
  return falseMatchRate(Math.min(1, 10 ** (ROUNDING - rarity)));
}
