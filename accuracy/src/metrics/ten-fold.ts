import type { LabelledPair } from '../datasets/dataset.ts';

export interface ScoredPair extends LabelledPair {
  readonly score: number;
}

const FOLDS = 10;

export interface TenFold {
  /** Mean share of right decisions over the folds. */
  readonly accuracy: number;
  /** Standard error of that mean. */
  readonly standardError: number;
  readonly n: number;
}

/**
 * Ten-fold accuracy: each fold is decided with the threshold that is best on the other nine. Pairs are dealt to folds
 * in turn, mated and non-mated apart, so that each fold has as many of both.
 */
export function tenFoldAccuracy(pairs: readonly ScoredPair[]): TenFold {
  const folds = [...pairs.filter((pair) => pair.mated), ...pairs.filter((pair) => !pair.mated)].map(
    (pair, index) => ({ pair, fold: index % FOLDS }),
  );
  const accuracies = Array.from({ length: FOLDS }, (_, fold) => {
    const threshold = bestThreshold(folds.filter((item) => item.fold !== fold).map((item) => item.pair));
    const held = folds.filter((item) => item.fold === fold).map((item) => item.pair);
    return held.filter((pair) => pair.score >= threshold === pair.mated).length / held.length;
  });
  const accuracy = mean(accuracies);
  const variance = mean(accuracies.map((value) => (value - accuracy) ** 2)) * (FOLDS / (FOLDS - 1));
  return { accuracy, standardError: Math.sqrt(variance / FOLDS), n: pairs.length };
}

/** The score that separates best; the middle between neighbours, so that ties do not matter. */
export function bestThreshold(pairs: readonly ScoredPair[]): number {
  const sorted = [...pairs].sort((a, b) => a.score - b.score);
  let right = sorted.filter((pair) => pair.mated).length;
  let best = { right, threshold: -1 };
  sorted.forEach((pair, index) => {
    right += pair.mated ? -1 : 1;
    if (right > best.right) {
      best = { right, threshold: (pair.score + (sorted[index + 1]?.score ?? 1)) / 2 };
    }
  });
  return best.threshold;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
