/** Rises from 0 to 1 over about six widths, ½ at the centre. */
export const logistic = (value: number, centre: number, width: number): number =>
  1 / (1 + Math.exp((centre - value) / width));

export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** 0 at `from`, 1 at `to`, straight between, never beyond. */
export const ramp = (value: number, from: number, to: number): number =>
  clamp((value - from) / (to - from), 0, 1);
