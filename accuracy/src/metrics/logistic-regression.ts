/** One trial: what was measured, which class it is of, and how much it counts. */
export interface Trial {
  readonly values: readonly number[];
  readonly isPositive: boolean;
  /** Log-odds that are known beforehand and added as they are. @default 0 */
  readonly offset?: number;
  /** @default 1 */
  readonly weight?: number;
}

/** Log-odds of the positive class: `bias + Σ weights · values`. */
export interface LogOdds {
  readonly bias: number;
  readonly weights: readonly number[];
}

export interface FitOptions {
  /** How much a weight of one deviation costs. @default 0.01 */
  readonly ridge?: number;
  /** Every weight lies between these. @default any weight */
  readonly bounds?: { readonly low: number; readonly high: number };
}

const ANY_WEIGHT = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

const ROUNDS = 4000;
const STEP = 0.5;

/**
 * Logistic regression with both classes weighed alike, so that the log-odds are those of the evidence alone. Values are
 * standardised before the ridge is applied. Deterministic.
 */
export function fitLogOdds(
  trials: readonly Trial[],
  { ridge = 0.01, bounds = ANY_WEIGHT }: FitOptions = {},
): LogOdds {
  const size = trials[0]?.values.length ?? 0;
  const columns = Array.from({ length: size }, (_, k) =>
    spreadOf(trials.map(({ values }) => values[k] ?? 0)),
  );
  const rows = trials.map(({ values }) =>
    Float64Array.from(columns, ({ mean, deviation }, k) => ((values[k] ?? 0) - mean) / deviation),
  );
  const shares = sharesOf(trials);
  const weights = new Float64Array(size);
  const slope = new Float64Array(size);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    slope.fill(0);
    let lean = 0;
    rows.forEach((row, i) => {
      const { isPositive = false, offset = 0 } = trials[i] ?? {};
      let odds = bias + offset;
      for (let k = 0; k < size; k++) odds += (row[k] ?? 0) * (weights[k] ?? 0);
      const error = (shares[i] ?? 0) * (1 / (1 + Math.exp(-odds)) - (isPositive ? 1 : 0));
      lean += error;
      for (let k = 0; k < size; k++) slope[k] = (slope[k] ?? 0) + error * (row[k] ?? 0);
    });
    bias -= STEP * lean;
    columns.forEach(({ deviation }, k) => {
      const stepped = (weights[k] ?? 0) - STEP * ((slope[k] ?? 0) + ridge * (weights[k] ?? 0));
      weights[k] = Math.min(bounds.high * deviation, Math.max(bounds.low * deviation, stepped));
    });
  }
  const natural = columns.map(({ deviation }, k) => (weights[k] ?? 0) / deviation);
  return {
    bias: bias - natural.reduce((sum, weight, k) => sum + weight * (columns[k]?.mean ?? 0), 0),
    weights: natural,
  };
}

/** Shares that add up to one half in each class. */
function sharesOf(trials: readonly Trial[]): number[] {
  const total = (isPositive: boolean): number =>
    trials.reduce((sum, trial) => sum + (trial.isPositive === isPositive ? (trial.weight ?? 1) : 0), 0);
  const totals = { true: total(true), false: total(false) };
  return trials.map(({ isPositive, weight = 1 }) => weight / (2 * totals[`${isPositive}`]));
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
