import { type FalseMatchRate, falseMatchRate, interpolate } from '@facegate/engine/vocabulary';

/**
 * Orders of magnitude of the false match rate → similarity score. 82 at 1e-4: the vendor's default for searches is its
 * moderate threshold; all else ours.
 */
const SCORE_BY_RARITY = [
  { x: 0, y: 0 },
  { x: 3, y: 75 },
  { x: 4, y: 82 },
  { x: 5, y: 88 },
  { x: 12, y: 100 },
];

const RARITY_BY_SCORE = SCORE_BY_RARITY.map(({ x, y }) => ({ x: y, y: x }));

/** More than the error of arithmetic, less than shows. */
const ROUNDING = 1e-9;

/**
 * 0..100 in steps of 0.01, monotone, and the same with every pack. Rounded down, so that what misses a threshold does
 * not look as if it reached it.
 */
export const similarityScore = (rate: FalseMatchRate): number =>
  Math.floor(100 * interpolate(SCORE_BY_RARITY, -Math.log10(rate)) + ROUNDING) / 100;

/** The false match rate at a score of 0..100. */
export const rateAtScore = (score: number): FalseMatchRate =>
  falseMatchRate(10 ** -interpolate(RARITY_BY_SCORE, score));
