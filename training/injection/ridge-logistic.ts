export interface Labelled {
  /** The last may be a constant 1. */
  readonly terms: readonly number[];
  readonly isManipulated: boolean;
}

export interface RidgeOptions {
  /** Half the weight of the squared coefficients beside the mean log loss times the number of rows. */
  readonly ridge: number;
  /** Whether the last coefficient is held back too. */
  readonly isBiasFree: boolean;
}

const ROUNDS = 25;

/**
 * Logistic regression by Newton's method, both classes weighing the same: the logit is a log-likelihood ratio.
 *
 * @returns one coefficient per term.
 */
export function fitRidgeLogistic(rows: readonly Labelled[], { ridge, isBiasFree }: RidgeOptions): number[] {
  const size = rows[0]?.terms.length ?? 0;
  const manipulated = rows.filter((row) => row.isManipulated).length;
  const weightOf = (row: Labelled): number =>
    rows.length / 2 / (row.isManipulated ? manipulated : rows.length - manipulated);
  const penalty = Array.from({ length: size }, (_, i) => (isBiasFree && i === size - 1 ? 1e-9 : ridge));
  const found = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = found.map((value, i) => -penalty[i]! * value);
    const curvature = penalty.map((value, i) => penalty.map((_, j) => (i === j ? value : 0)));
    for (const row of rows) addRow({ gradient, curvature }, row, { found, weight: weightOf(row) });
    mirror(curvature);
    solve(curvature, gradient).forEach((step, i) => {
      found[i]! += step;
    });
  }
  return found;
}

interface Slope {
  readonly gradient: number[];
  /** Its lower triangle. */
  readonly curvature: number[][];
}

function addRow(
  { gradient, curvature }: Slope,
  { terms, isManipulated }: Labelled,
  { found, weight }: { readonly found: readonly number[]; readonly weight: number },
): void {
  const logit = terms.reduce((sum, term, i) => sum + term * found[i]!, 0);
  const probability = 1 / (1 + Math.exp(-logit));
  const error = weight * ((isManipulated ? 1 : 0) - probability);
  const spread = weight * probability * (1 - probability);
  for (let i = 0; i < terms.length; i++) {
    gradient[i]! += error * terms[i]!;
    const line = curvature[i]!;
    for (let j = 0; j <= i; j++) line[j]! += spread * terms[i]! * terms[j]!;
  }
}

function mirror(lower: number[][]): void {
  for (let i = 0; i < lower.length; i++) for (let j = 0; j < i; j++) lower[j]![i] = lower[i]![j]!;
}

/** Gaussian elimination of a symmetric positive definite system; both arguments are used up. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let k = 0; k < size; k++) {
    for (let i = k + 1; i < size; i++) {
      const factor = matrix[i]![k]! / matrix[k]![k]!;
      for (let j = k; j < size; j++) matrix[i]![j]! -= factor * matrix[k]![j]!;
      right[i]! -= factor * right[k]!;
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) right[i]! -= matrix[i]![j]! * right[j]!;
    right[i]! /= matrix[i]![i]!;
  }
  return right;
}
