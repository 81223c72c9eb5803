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
/** With fewer, one pass after the other is as fast. */
export const BATCH_MIN = 5;
export const TILE_ROWS = 8;
/** Probes of a batch come in fours. */
const PROBES_AT_ONCE = 4;
export const WASM_PAGE_BYTES = 65_536;

/** A row's step and error. */
const SCALE_BYTES = 8;
/** Codes of a row that lie together: a cache line of them. */
export const LINE_CODES = 64;
/** Room of one lane for all its heaps; see {@link heapCapacity}. */
const HEAPS_BYTES = 160 * 1024;
const HEAP_HEAD_BYTES = 8;
const HEAP_ENTRY_BYTES = 8;
/** What a batch takes of the rows at a time: fewer, and calling the matrix product is felt. */
const BATCH_CODES_BYTES = 1024 * 1024;
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
  readonly probe: number;
  readonly heap: number;
  readonly filter: number;
  readonly end: number;
} {
  const heap = padded * 2;
  const filter = heap + HEAPS_BYTES;
  return { probe: 0, heap, filter, end: roundUp(filter + BLOCK_ROWS * 4, ALIGNMENT) };
}

/** Rows that a batch takes at a time: blocks hold a whole number of them. */
export function batchRowsOf(padded: number): number {
  return Math.min(BLOCK_ROWS, 2 ** Math.floor(Math.log2(BATCH_CODES_BYTES / padded)));
}

/** Probes of a batch, rounded up to what the kernel takes at a time. */
export function batchWidthOf(probes: number): number {
  return roundUp(probes, PROBES_AT_ONCE);
}

/** Addresses in the memory that a thread has for batches. */
export function batchRoomOf({ padded, tileBytes }: Layout): {
  /** Tiles as they were copied from a segment. */
  readonly tiles: number;
  /** Their codes, a row after the other. */
  readonly codes: number;
  /** Up to two words for each row and probe. */
  readonly sums: number;
  readonly weights: number;
  readonly slacks: number;
  readonly thresholds: number;
  readonly heaps: number;
  readonly end: number;
} {
  const rows = batchRowsOf(padded);
  const codes = roundUp((rows / TILE_ROWS) * tileBytes, ALIGNMENT);
  const sums = codes + rows * padded;
  const weights = sums + rows * 2 * BATCH_MAX * 4;
  const slacks = weights + BATCH_MAX * 4;
  const thresholds = slacks + BATCH_MAX * 4;
  const heaps = thresholds + BATCH_MAX * 4;
  return { tiles: 0, codes, sums, weights, slacks, thresholds, heaps, end: heaps + HEAPS_BYTES };
}

/** Entries a heap can hold when a lane keeps one for each of `probes` probes. */
export function heapCapacity(probes: number): number {
  return Math.floor((HEAPS_BYTES / probes - HEAP_HEAD_BYTES) / HEAP_ENTRY_BYTES);
}

/** Bytes from one heap to the next. */
export function heapStride(capacity: number): number {
  return HEAP_HEAD_BYTES + capacity * HEAP_ENTRY_BYTES;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
