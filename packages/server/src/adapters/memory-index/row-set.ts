import { type RowSelection, selectionOf } from '@facegate/engine/search';

/** From this share of all rows on a bitmap is kept beside the set; see `selectionOf`. */
const BITMAP_SHARE = 0.2;

/**
 * Rows of the index that belong together: a group's or an account's. Kept ready for searching while rows come and go.
 */
export class RowSet {
  readonly #rows = new Set<number>();
  /** Ascending; dropped when a row comes or goes. */
  #list: Uint32Array | undefined;
  /** Kept up to date once it is there. */
  #bits: Uint8Array | undefined;

  get size(): number {
    return this.#rows.size;
  }

  has(row: number): boolean {
    return this.#rows.has(row);
  }

  add(row: number): void {
    this.#rows.add(row);
    this.#list = undefined;
    if (this.#bits === undefined) return;
    if (row >> 3 >= this.#bits.length) this.#bits = grown(this.#bits, row);
    setBit(this.#bits, row);
  }

  delete(row: number): void {
    this.#rows.delete(row);
    this.#list = undefined;
    const bits = this.#bits;
    if (bits !== undefined && row >> 3 < bits.length)
      bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7));
  }

  values(): IterableIterator<number> {
    return this.#rows.values();
  }

  /** @param capacity rows of the index, removed ones included. */
  selection(capacity: number): RowSelection {
    if (this.#rows.size < BITMAP_SHARE * capacity) {
      this.#bits = undefined;
      this.#list ??= sortedRows(this.#rows);
      return { kind: 'list', rows: this.#list };
    }
    this.#bits ??= bitsOf(this.#rows, capacity);
    return { kind: 'bitmap', bits: this.#bits };
  }
}

/** Ascending, in memory that threads can share. */
function sortedRows(rows: ReadonlySet<number>): Uint32Array {
  const list = new Uint32Array(new SharedArrayBuffer(rows.size * Uint32Array.BYTES_PER_ELEMENT));
  let at = 0;
  for (const row of rows) list[at++] = row;
  return list.sort();
}

/** A selection of any rows, for one search. */
export const selectRows = (rows: ReadonlySet<number>, capacity: number): RowSelection =>
  selectionOf(sortedRows(rows), capacity);

function bitsOf(rows: ReadonlySet<number>, capacity: number): Uint8Array {
  const bits = new Uint8Array(new SharedArrayBuffer((capacity >> 3) + 1));
  for (const row of rows) setBit(bits, row);
  return bits;
}

/** Twice as long, or long enough for `row`. */
function grown(bits: Uint8Array, row: number): Uint8Array {
  const longer = new Uint8Array(new SharedArrayBuffer(Math.max(2 * bits.length, (row >> 3) + 1)));
  longer.set(bits);
  return longer;
}

function setBit(bits: Uint8Array, row: number): void {
  bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
}
