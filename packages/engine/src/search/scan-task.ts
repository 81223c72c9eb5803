import type { DigitCount } from './probe-digits.ts';
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
  /**
   * One shared number: the next block, or of a list the next part (see `listed-rows.ts`), that nobody has taken yet. When
   * there are no more, the pass is over.
   */
  readonly nextBlock: Int32Array;
  readonly probes: readonly ScanProbe[];
  /** Of their codes, in a batch; a single probe is always scanned with all there is. */
  readonly digits: DigitCount;
  readonly capacity: number;
  /** Only with a single probe. */
  readonly selection: RowSelection | undefined;
}

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
  /** Of a batch that multiplied the upper digits alone: reaches are higher than they need be. */
  readonly isCoarse?: boolean;
}
