import type { MeasureContext } from '../measure-context.ts';

/** A number, or undefined where the picture gives no ground for one. */
export type Measured = number | undefined;

export type Measure = (context: MeasureContext) => Measured | Promise<Measured>;
