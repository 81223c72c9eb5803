/** One observation: `features` of any one length for all. */
export interface Example {
  readonly features: Float64Array;
  readonly isPositive: boolean;
  /** Shares of the loss; all add up to 1. */
  readonly weight: number;
}

/** Log-odds of a positive: direction · features + bias. */
export interface LinearModel {
  readonly direction: Float64Array;
  readonly bias: number;
}

const NEWTON_STEPS_MAX = 50;
const CONJUGATE_STEPS_MAX = 400;
/** Of the largest coefficient's last change. */
const TOLERANCE = 1e-6;

/**
 * Logistic regression with weight decay: least mean loss + decay ÷ 2 · |direction|²; the bias does not decay.
 *
 * Newton's method, each step solved by conjugate gradients. No chance is involved.
 *
 * @throws Error when it does not settle.
 */
export function fitLogistic(examples: readonly Example[], decay: number): LinearModel {
  const length = (examples[0]?.features.length ?? 0) + 1;
  const problem = { examples, decay, length };
  const model = new Float64Array(length);
  for (let step = 0; step < NEWTON_STEPS_MAX; step++) {
    const { gradient, curvatures } = slopeAt(problem, model);
    const change = solve((vector) => curvatureTimes(problem, curvatures, vector), gradient);
    for (let i = 0; i < length; i++) model[i]! -= change[i]!;
    if (change.every((value) => Math.abs(value) < TOLERANCE)) {
      return { direction: model.slice(0, -1), bias: model[length - 1]! };
    }
  }
  throw new Error('The fit does not settle.');
}

export function logOddsOf({ direction, bias }: LinearModel, features: Float64Array): number {
  return features.reduce((sum, value, i) => sum + value * direction[i]!, bias);
}

interface Problem {
  readonly examples: readonly Example[];
  readonly decay: number;
  /** Of the direction and the bias. */
  readonly length: number;
}

function slopeAt({ examples, decay, length }: Problem, model: Float64Array) {
  const gradient = model.map((value, i) => (i < length - 1 ? decay * value : 0));
  const curvatures = examples.map(({ features, isPositive, weight }) => {
    const probability = 1 / (1 + Math.exp(-dot(features, model)));
    addScaled(gradient, features, weight * (probability - (isPositive ? 1 : 0)));
    return weight * probability * (1 - probability);
  });
  return { gradient, curvatures };
}

function curvatureTimes(
  { examples, decay, length }: Problem,
  curvatures: readonly number[],
  vector: Float64Array,
): Float64Array {
  const product = vector.map((value, i) => (i < length - 1 ? decay * value : 0));
  examples.forEach(({ features }, k) => {
    addScaled(product, features, curvatures[k]! * dot(features, vector));
  });
  return product;
}

/** Features are as if followed by a 1, which the bias goes with. */
function dot(features: Float64Array, vector: Float64Array): number {
  let sum = vector[features.length]!;
  for (let i = 0; i < features.length; i++) sum += features[i]! * vector[i]!;
  return sum;
}

function addScaled(vector: Float64Array, features: Float64Array, factor: number): void {
  for (let i = 0; i < features.length; i++) vector[i]! += factor * features[i]!;
  vector[features.length]! += factor;
}

/** Conjugate gradients: x with times(x) = wanted, for a symmetric positive definite `times`. */
function solve(times: (vector: Float64Array) => Float64Array, wanted: Float64Array): Float64Array {
  const solution = new Float64Array(wanted.length);
  const rest = wanted.slice();
  let direction = rest.slice();
  let square = squareOf(rest);
  const enough = 1e-20 * square;
  for (let step = 0; step < CONJUGATE_STEPS_MAX && square > enough; step++) {
    const product = times(direction);
    const length = square / direction.reduce((sum, value, i) => sum + value * product[i]!, 0);
    for (let i = 0; i < solution.length; i++) {
      solution[i]! += length * direction[i]!;
      rest[i]! -= length * product[i]!;
    }
    const next = squareOf(rest);
    direction = direction.map((value, i) => rest[i]! + (next / square) * value);
    square = next;
  }
  return solution;
}

const squareOf = (vector: Float64Array): number => vector.reduce((sum, value) => sum + value * value, 0);
