import { EngineError } from '../vocabulary/errors.ts';

/** The only rows a search may answer with. */
export type RowSelection =
  /**
   * Ascending, each row once; not to be changed once it was searched with. Rows that do not exist are passed over.
   */
  | { readonly kind: 'list'; readonly rows: Uint32Array }
  /** Row r is bit `r % 8`, counted from the lowest, of byte `r / 8`; rows beyond the end are not selected. */
  | { readonly kind: 'bitmap'; readonly bits: Uint8Array };

/** From this share of all rows on, reading every tile beats jumping between rows. Measured: see docs/decisions/008. */
const BITMAP_SHARE = 0.2;

/**
 * The cheaper way to say which rows to search.
 *
 * Backed by shared memory, so a selection that is kept and used again is not copied for each search.
 *
 * @param rows      ascending, each row once.
 * @param capacity  rows of the index, removed ones included.
 * @throws EngineError `invalid-request` when the rows are not ascending.
 */
export function selectionOf(rows: Uint32Array, capacity: number): RowSelection {
  requireAscending(rows);
  if (rows.length < BITMAP_SHARE * capacity) return checkedList(rows);
  const bits = new Uint8Array(new SharedArrayBuffer(Math.ceil(capacity / 8)));
  for (const row of rows) bits[row >> 3]! |= 1 << (row & 7);
  return { kind: 'bitmap', bits };
}

/**
 * A selection that threads can read without a copy each.
 *
 * @throws EngineError `invalid-request` when a list is not ascending.
 */
export function shareSelection(selection: RowSelection): RowSelection {
  if (selection.kind === 'bitmap') return { kind: 'bitmap', bits: shared(selection.bits) };
  if (CHECKED.has(selection)) return selection;
  requireAscending(selection.rows);
  return checkedList(selection.rows);
}

/** Lists that were found ascending. */
const CHECKED = new WeakSet<RowSelection>();

function checkedList(rows: Uint32Array): RowSelection {
  const list: RowSelection = { kind: 'list', rows: shared(rows) };
  CHECKED.add(list);
  return list;
}

/** Index of the first element of an ascending list that is not below `value`. */
export function lowerBound(list: Uint32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function requireAscending(rows: Uint32Array): void {
  for (let i = 1; i < rows.length; i++) {
    if (rows[i - 1]! >= rows[i]!) {
      throw new EngineError('invalid-request', 'The rows to search must be ascending, each once.');
    }
  }
}

function shared<Values extends Uint8Array | Uint32Array>(values: Values): Values {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const make = values.constructor as new (buffer: SharedArrayBuffer) => Values;
  const copy = new make(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
