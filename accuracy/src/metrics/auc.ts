/**
 * Probability that a manipulated picture scores higher than a genuine one, ties counting half (area under the ROC curve).
 *
 * @returns 0..1, NaN when either list is empty.
 */
export function aucOf(genuine: readonly number[], manipulated: readonly number[]): number {
  const sorted = Float64Array.from(genuine).sort();
  const wins = manipulated.reduce((sum, score) => sum + (below(sorted, score) + upTo(sorted, score)) / 2, 0);
  return wins / (genuine.length * manipulated.length);
}

/** How many values are smaller. */
function below(sorted: Float64Array, score: number): number {
  return firstWhere(sorted, (value) => value >= score);
}

/** How many values are no larger. */
function upTo(sorted: Float64Array, score: number): number {
  return firstWhere(sorted, (value) => value > score);
}

/** Index of the first value for which the condition holds; it must hold for all after it. */
function firstWhere(sorted: Float64Array, isSo: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(sorted[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
