import { bytesToGather, GatheredList, type Gathering } from './gathered-list.ts';
import type { KernelModules } from './kernel.ts';
import type { RowScale } from './quantise.ts';
import type { RowSelection } from './selection.ts';

/** Shorter ones are as quickly looked at where their rows are. */
const ROWS_MIN = 1024;
/** A scan of as much takes half a millisecond of the owner's thread. */
const LIST_BYTES_MAX = 8 * 2 ** 20;
const ALL_BYTES_MAX = 64 * 2 ** 20;

/**
 * Lists that are searched again and again, such as a group's, gathered when they are asked for a second time. The least
 * recently used ones make room.
 */
export class GatheredLists {
  readonly #dimension: number;
  readonly #kernels: KernelModules;
  readonly #bytesMax: number;
  /** Asked for once. */
  readonly #known = new WeakSet<Uint32Array>();
  /** The least recently used one first. */
  readonly #lists = new Map<Uint32Array, GatheredList>();
  #bytes = 0;

  constructor(dimension: number, kernels: KernelModules, bytesMax = ALL_BYTES_MAX) {
    this.#dimension = dimension;
    this.#kernels = kernels;
    this.#bytesMax = bytesMax;
  }

  /** Undefined for what is no list, too short or too long, or asked for the first time. */
  of(
    selection: RowSelection | undefined,
    from: Pick<Gathering, 'source' | 'capacity'>,
  ): GatheredList | undefined {
    if (selection?.kind !== 'list' || !this.#isOfUse(selection.rows)) return undefined;
    const { rows } = selection;
    if (!this.#known.has(rows)) {
      this.#known.add(rows);
      return undefined;
    }
    const gathered = this.#lists.get(rows) ?? this.#gather(rows, from);
    this.#lists.delete(rows);
    this.#lists.set(rows, gathered);
    return gathered;
  }

  /** A row has got other values. */
  write(row: number, codes: Int32Array, scale: RowScale): void {
    for (const list of this.#lists.values()) list.write(row, codes, scale);
  }

  /** A row has gone. */
  clear(row: number): void {
    for (const list of this.#lists.values()) list.clear(row);
  }

  #isOfUse({ length }: Uint32Array): boolean {
    return (
      length >= ROWS_MIN && bytesToGather(length, this.#dimension) <= Math.min(LIST_BYTES_MAX, this.#bytesMax)
    );
  }

  #gather(rows: Uint32Array, from: Pick<Gathering, 'source' | 'capacity'>): GatheredList {
    this.#makeRoom(bytesToGather(rows.length, this.#dimension));
    const gathered = new GatheredList(rows, { ...from, dimension: this.#dimension, kernels: this.#kernels });
    this.#bytes += gathered.bytes;
    return gathered;
  }

  #makeRoom(bytes: number): void {
    for (const [rows, list] of this.#lists) {
      if (this.#bytes + bytes <= this.#bytesMax) return;
      this.#lists.delete(rows);
      this.#bytes -= list.bytes;
    }
  }
}
