import type { RowSelection } from './selection.ts';

/** One pass over the rows, as it is sent to every lane. The lanes share its blocks, or a list's parts, among themselves. */
export interface ScanTask {
  /**
   * - `best`: each lane keeps the highest reaches of each probe, as many as `capacity`.
   * - `all`: every row whose reach lies above the probe's floor.
   * - `read`: the rows are read and nothing is computed; for measuring what memory alone allows.
   */
  readonly kind: 'best' | 'all' | 'read';
  readonly blocks: number;
  readonly progress: Progress;
  readonly probes: readonly ScanProbe[];
  readonly capacity: number;
  /** Only with a single probe. */
  readonly selection: RowSelection | undefined;
}

/**
 * Shared numbers. The first: the next block, or of a list the next part (see `listed-rows.ts`), that nobody has taken
 * yet. When there are no more, the pass is over. Then one for each lane: whether it has entered. A lane enters before it
 * takes, so one that is found outside when all is taken has nothing and will get nothing.
 */
export type Progress = Int32Array<SharedArrayBuffer>;

export const LANES_MAX = 65;
/** More than there can be: a lane that asks for the next block is told that there is none. */
const NO_BLOCK = 2 ** 30;

export const newProgress = (): Progress => new Int32Array(new SharedArrayBuffer(4 * (1 + LANES_MAX)));
export const enter = (progress: Progress, lane: number) => Atomics.store(progress, 1 + lane, 1);
export const hasEntered = (progress: Progress, lane: number) => Atomics.load(progress, 1 + lane) === 1;
export const takeNext = (progress: Progress): number => Atomics.add(progress, 0, 1);
/** Nobody finds anything to take any more. */
export const callOff = (progress: Progress) => Atomics.store(progress, 0, NO_BLOCK);

export interface ScanProbe {
  readonly codes: Int16Array;
  readonly weight: number;
  /** Only rows with a reach above this count. */
  readonly floor: number;
}

/** What one lane found for one probe. */
export interface Finding {
  readonly rows: Uint32Array;
  /** Beside each row its reach, in no order. */
  readonly reaches: Float32Array;
  /** No row of this lane that is not listed has a higher reach; −∞ when all above the floor are listed. */
  readonly bound: number;
}
