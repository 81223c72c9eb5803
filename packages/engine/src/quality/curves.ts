export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** 0 at `from`, 1 at `to`, straight between, never beyond. */
export const ramp = (value: number, from: number, to: number): number =>
  clamp((value - from) / (to - from), 0, 1);
