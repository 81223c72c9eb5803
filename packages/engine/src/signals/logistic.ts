/** A probability that passes ½ at `midpoint` and rises with the value, or falls where `width` is negative. */
export interface LogisticCurve {
  readonly midpoint: number;
  /** The value's change that multiplies the odds by e. */
  readonly width: number;
}

export const logistic = (value: number, { midpoint, width }: LogisticCurve): number =>
  1 / (1 + Math.exp((midpoint - value) / width));
