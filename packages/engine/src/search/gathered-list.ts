import type { KernelModules } from './kernel.ts';
import { BLOCK_ROWS, layoutOf } from './layout.ts';
import type { RowScale } from './quantise.ts';
import { ScanLane, type SingleScan } from './scan-lane.ts';
import type { Finding } from './scan-task.ts';
import { Segments } from './segments.ts';
import { lowerBound } from './selection.ts';

/** Memory that gathering a list takes. */
export function bytesToGather(rows: number, dimension: number): number {
  const { laneBytes, blockBytes } = layoutOf(dimension, 1, 1);
  return laneBytes + blocksOf(rows) * blockBytes;
}

const blocksOf = (rows: number): number => Math.ceil(rows / BLOCK_ROWS);

/**
 * A copy of a list's rows that lie behind one another, so that looking at them is one pass over memory instead of a jump
 * to each. Whoever writes the rows tells it of every change. Belongs to the owner's thread.
 */
export class GatheredList {
  readonly #list: Uint32Array;
  readonly #segments: Segments;
  readonly #lane: ScanLane;
  readonly #blocks: number;
  /** Of memory. */
  readonly bytes: number;

  /**
   * @param list      ascending; must not change any more.
   * @param source    where the rows are.
   * @param capacity  rows of the source.
   * @cost  0.1 to 0.2 microseconds a row.
   */
  constructor(list: Uint32Array, { source, capacity, dimension, kernels }: Gathering) {
    this.#list = list;
    this.#blocks = blocksOf(list.length);
    this.bytes = bytesToGather(list.length, dimension);
    const layout = layoutOf(dimension, 1, this.bytes);
    this.#lane = new ScanLane(layout, kernels, 0);
    this.#segments = new Segments(layout, (memory) => this.#lane.addSegment(memory));
    for (let i = 0; i < this.#blocks; i++) this.#segments.addBlock();
    const codes = new Int32Array(layout.padded / 4);
    const present = lowerBound(list, capacity);
    for (let i = 0; i < present; i++) this.#segments.write(i, codes, source.read(list[i]!, codes));
  }

  /** @param codes  as `Segments.write`. */
  write(row: number, codes: Int32Array, scale: RowScale): void {
    const place = this.#placeOf(row);
    if (place !== undefined) this.#segments.write(place, codes, scale);
  }

  clear(row: number): void {
    const place = this.#placeOf(row);
    if (place !== undefined) this.#segments.clear(place);
  }

  /** @param task  of a single probe; its selection is this list. */
  scan(task: Omit<SingleScan, 'blocks' | 'nextBlock'>): Finding {
    const own = { blocks: this.#blocks, nextBlock: new Int32Array(1), selection: undefined };
    const finding = this.#lane.run({ ...task, ...own });
    return { ...finding, rows: finding.rows.map((place) => this.#list[place]!) };
  }

  #placeOf(row: number): number | undefined {
    const place = lowerBound(this.#list, row);
    return this.#list[place] === row ? place : undefined;
  }
}

/** What a list is gathered with. */
export interface Gathering {
  readonly source: Pick<Segments, 'read'>;
  readonly capacity: number;
  readonly dimension: number;
  readonly kernels: KernelModules;
}
