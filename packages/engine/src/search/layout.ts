/**
 * Where everything lies in the shared memories.
 *
 * Rows lie in tiles of eight, each with its codes, steps and errors (see `kernel/scan.ts`), and tiles in blocks of
 * {@link BLOCK_ROWS} rows. Blocks fill a segment, which is one WebAssembly memory; a full segment is followed by another.
 * Before its blocks a segment keeps a scratch area for each lane: the threads, and the owner's own.
 */
export interface Layout {
  readonly dimension: number;
  /** Codes of a row: the dimension, rounded up to whole cache lines. */
  readonly padded: number;
  readonly lanes: number;
  readonly laneBytes: number;
  readonly tileBytes: number;
  readonly blockBytes: number;
  readonly blocksPerSegment: number;
}

/** Rows of a block: what a thread takes at a time. About a megabyte, some tens of microseconds. */
export const BLOCK_ROWS = 2048;
/** Probes scanned in one pass over memory. */
export const BATCH_MAX = 64;
export const TILE_ROWS = 8;
/** Probes that the kernel takes at a time in a batch. */
export const PROBES_AT_ONCE = 4;
export const WASM_PAGE_BYTES = 65_536;

/** A row's step and error. */
const SCALE_BYTES = 8;
/** Codes of a row that lie together: a cache line of them. */
export const LINE_CODES = 64;
/** Room of one lane for all its heaps; see {@link heapCapacity}. */
const HEAPS_BYTES = 160 * 1024;
const HEAP_HEAD_BYTES = 8;
const HEAP_ENTRY_BYTES = 8;
/** Widened codes of a batch's rows stay in a core's second cache while all probes pass over them. */
const WIDE_BYTES = 128 * 1024;
const WIDE_ROWS_MAX = 256;
const ALIGNMENT = 64;

/** @param segmentBytes  the most one memory may take; at most 2 GiB, so that every address is a positive int32. */
export function layoutOf(dimension: number, lanes: number, segmentBytes: number): Layout {
  const padded = roundUp(dimension, LINE_CODES);
  const laneBytes = scratchOf(padded).end;
  const tileBytes = TILE_ROWS * (padded + SCALE_BYTES);
  const blockBytes = (BLOCK_ROWS / TILE_ROWS) * tileBytes;
  const blocksPerSegment = Math.max(1, Math.floor((segmentBytes - lanes * laneBytes) / blockBytes));
  return { dimension, padded, lanes, laneBytes, tileBytes, blockBytes, blocksPerSegment };
}

/** Address of a block's first tile, by the block's place in its segment. */
export function blockAt(layout: Layout, place: number): number {
  return layout.lanes * layout.laneBytes + place * layout.blockBytes;
}

/** Addresses inside one lane's scratch area, from its start. */
export function scratchOf(padded: number): {
  readonly probes: number;
  readonly weights: number;
  readonly heaps: number;
  readonly filter: number;
  /** Widened codes of {@link wideRowsOf} rows. */
  readonly wide: number;
  /** Room the kernel asks for. */
  readonly sums: number;
  readonly end: number;
} {
  const weights = BATCH_MAX * padded * 2;
  const heaps = weights + BATCH_MAX * 4;
  const filter = heaps + HEAPS_BYTES;
  const wide = filter + BLOCK_ROWS * 4;
  const sums = wide + wideRowsOf(padded) * padded * 2;
  const sumsBytes = PROBES_AT_ONCE * wideRowsOf(padded) * 4;
  return { probes: 0, weights, heaps, filter, wide, sums, end: roundUp(sums + sumsBytes, ALIGNMENT) };
}

/** Rows that a batch widens at a time. */
export function wideRowsOf(padded: number): number {
  return Math.min(WIDE_ROWS_MAX, Math.floor(WIDE_BYTES / (padded * 2) / TILE_ROWS) * TILE_ROWS);
}

/** Entries a heap can hold when a lane keeps one for each of `probes` probes. */
export function heapCapacity(probes: number): number {
  return Math.floor((HEAPS_BYTES / probes - HEAP_HEAD_BYTES) / HEAP_ENTRY_BYTES);
}

/** Bytes from one heap to the next. */
export function heapStride(capacity: number): number {
  return HEAP_HEAD_BYTES + capacity * HEAP_ENTRY_BYTES;
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
