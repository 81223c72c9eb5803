import type { ForensicWindow } from '../forensic-window.ts';

/**
 * What one signal reads of a window: always the same numbers in the same order, dimensionless. Undefined where the
 * picture gives no ground for them.
 */
type SignalReading = readonly number[] | undefined;

export type ReadSignal = (window: ForensicWindow) => SignalReading;
