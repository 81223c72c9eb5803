/** 1 ÷ (1 + e^((x0 − x) ÷ w)). */
export const sigmoid = (x: number, x0: number, w: number): number => 1 / (1 + Math.exp((x0 - x) / w));

/** A quality component value: whole, 0..100. */
export const toQuality = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));

/** Turns of the head. */
export const cosineSquared = (degrees: number): number =>
  100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2;

/** What is best when it is absent, 0..1. */
export const absence = (share: number): number => 100 * (1 - share);
