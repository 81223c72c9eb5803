/**
 * The inner loops of the exact search, in AssemblyScript with 128-bit SIMD. Compiled by `tools/build-kernel.mjs`.
 *
 * Rows lie in tiles of eight: their codes, then their steps, then their errors (float32). The codes are interleaved by
 * cache lines: 64 codes of each of the eight rows, then the next 64 of each. So one pass over memory from first to last
 * byte yields eight sums at once, and a row that is looked at alone touches no line that holds another row's codes. A
 * row's *reach* is an upper bound of its score in units of the probe's step:
 *
 *     reach = Σ row code · probe code · row step + row error · weight
 *
 * Rows whose reach exceeds a heap's threshold are pushed there. A removed or never used row has the error −∞ and is
 * therefore never pushed.
 */
import { push } from './heap.ts';
import { ERRORS, LINE, SCALES_BYTES } from './tile.ts';

/** From a row's line to its next: eight rows' lines take turns. */
const LINE_STRIDE: usize = 512;
const ALL_ROWS: u32 = 255;
/** As many as a core can wait for at once, about. */
const ROWS_ASKED_FOR: u32 = 32;

/** One probe against whole tiles. */
export function scan(
  tile: usize,
  tiles: u32,
  dimension: u32,
  probe: usize,
  weight: f32,
  heap: usize,
  capacity: u32,
  row: u32,
): void {
  const weights = f32x4.splat(weight);
  const tileBytes = bytesOfTile(dimension);
  for (const end = tile + <usize>tiles * tileBytes; tile < end; tile += tileBytes, row += 8) {
    offerTile(tile, dimension, probe, weights, heap, capacity, row, ALL_ROWS);
  }
}

/** One probe against the rows whose bit is set, lowest bit first; tiles without any are not read. */
export function scanBits(
  tile: usize,
  tiles: u32,
  dimension: u32,
  probe: usize,
  weight: f32,
  heap: usize,
  capacity: u32,
  row: u32,
  bits: usize,
): void {
  const weights = f32x4.splat(weight);
  const tileBytes = bytesOfTile(dimension);
  for (let i: u32 = 0; i < tiles; i++, tile += tileBytes, row += 8) {
    const chosen = <u32>load<u8>(bits + i);
    if (chosen !== 0) offerTile(tile, dimension, probe, weights, heap, capacity, row, chosen);
  }
}

/**
 * One probe against the rows of a list. Rows that lie apart are waited for one by one; so all that several need is asked
 * for before the first of them is used.
 *
 * @returns nothing of meaning: it keeps the asking from being optimised away.
 */
export function scanList(
  tile: usize,
  count: u32,
  dimension: u32,
  probe: usize,
  weight: f32,
  heap: usize,
  capacity: u32,
  row: u32,
  list: usize,
): u32 {
  let touched: u32 = 0;
  for (let from: u32 = 0; from < count; from += ROWS_ASKED_FOR) {
    const to = min(count, from + ROWS_ASKED_FOR);
    for (let i = from; i < to; i++) touched |= touch(tile, rowAt(list, i) - row, dimension);
    for (let i = from; i < to; i++) {
      const listed = rowAt(list, i);
      const reach = reachOfRow(tile, listed - row, dimension, probe, weight);
      if (reach > load<f32>(heap, 4)) push(heap, capacity, reach, listed);
    }
  }
  return touched;
}

/** Reads `bytes` bytes (a multiple of 64) and does nothing else: what memory alone allows. */
export function readOnly(from: usize, bytes: usize): i32 {
  let s0 = i32x4.splat(0),
    s1 = i32x4.splat(0),
    s2 = i32x4.splat(0),
    s3 = i32x4.splat(0);
  const end = from + bytes;
  for (let p = from; p < end; p += 64) {
    s0 = v128.or(s0, v128.load(p));
    s1 = v128.or(s1, v128.load(p, 16));
    s2 = v128.or(s2, v128.load(p, 32));
    s3 = v128.or(s3, v128.load(p, 48));
  }
  return i32x4.extract_lane(v128.or(v128.or(s0, s1), v128.or(s2, s3)), 0);
}

/** Of a tile. */
function bytesOfCodes(dimension: u32): usize {
  return (<usize>dimension) << 3;
}

function bytesOfTile(dimension: u32): usize {
  return bytesOfCodes(dimension) + SCALES_BYTES;
}

function rowAt(list: usize, i: u32): u32 {
  return load<u32>(list + ((<usize>i) << 2));
}

/** Address of a row's first line. */
function codesOf(tile: usize, position: u32, dimension: u32): usize {
  return tile + <usize>(position >> 3) * bytesOfTile(dimension) + <usize>(position & 7) * LINE;
}

/** Address of a row's step. */
function stepOf(tile: usize, position: u32, dimension: u32): usize {
  return (
    tile +
    (<usize>(position >> 3) + 1) * bytesOfTile(dimension) -
    SCALES_BYTES +
    ((<usize>(position & 7)) << 2)
  );
}

/** Reads a word of each cache line that belongs to a row. */
function touch(tile: usize, position: u32, dimension: u32): u32 {
  let touched = load<u32>(stepOf(tile, position, dimension));
  const codes = codesOf(tile, position, dimension);
  const end = codes + bytesOfCodes(dimension);
  for (let line = codes; line < end; line += LINE_STRIDE) touched |= load<u32>(line);
  return touched;
}

/** Those of a tile's rows whose bit is set. */
function offerTile(
  tile: usize,
  dimension: u32,
  probe: usize,
  weights: v128,
  heap: usize,
  capacity: u32,
  row: u32,
  chosen: u32,
): void {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  let s4 = i32x4.splat(0);
  let s5 = i32x4.splat(0);
  let s6 = i32x4.splat(0);
  let s7 = i32x4.splat(0);
  let p = tile;
  const end = probe + ((<usize>dimension) << 1);
  for (let x = probe; x < end; p += LINE_STRIDE - LINE) {
    for (const lineEnd = x + 2 * LINE; x < lineEnd; x += 16, p += 8) {
      const q = v128.load(x);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load_ext<i8>(p), q));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, LINE), q));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 2 * LINE), q));
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 3 * LINE), q));
      s4 = i32x4.add(s4, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 4 * LINE), q));
      s5 = i32x4.add(s5, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 5 * LINE), q));
      s6 = i32x4.add(s6, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 6 * LINE), q));
      s7 = i32x4.add(s7, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 7 * LINE), q));
    }
  }
  const low = joinSums(pairSums(s0, s1), pairSums(s2, s3));
  const high = joinSums(pairSums(s4, s5), pairSums(s6, s7));
  offer(
    reach(low, v128.load(p), v128.load(p, ERRORS), weights),
    reach(high, v128.load(p, 16), v128.load(p, ERRORS + 16), weights),
    heap,
    capacity,
    row,
    chosen,
  );
}

function reachOfRow(tile: usize, position: u32, dimension: u32, probe: usize, weight: f32): f32 {
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  let p = codesOf(tile, position, dimension);
  const end = probe + ((<usize>dimension) << 1);
  for (let x = probe; x < end; p += LINE_STRIDE - LINE) {
    for (const lineEnd = x + 2 * LINE; x < lineEnd; x += 32, p += 16) {
      even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load_ext<i8>(p), v128.load(x)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load_ext<i8>(p, 8), v128.load(x, 16)));
    }
  }
  let sums = i32x4.add(even, odd);
  sums = i32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1));
  const sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
  const step = stepOf(tile, position, dimension);
  return <f32>sum * load<f32>(step) + load<f32>(step, ERRORS) * weight;
}

/** Two rows' four partial sums each become two: row, row, next row, next row. */
function pairSums(a: v128, b: v128): v128 {
  return i32x4.add(i32x4.shuffle(a, b, 0, 1, 4, 5), i32x4.shuffle(a, b, 2, 3, 6, 7));
}

/** Four rows' two partial sums each become one sum a row. */
function joinSums(a: v128, b: v128): v128 {
  return i32x4.add(i32x4.shuffle(a, b, 0, 2, 4, 6), i32x4.shuffle(a, b, 1, 3, 5, 7));
}

function reach(sums: v128, steps: v128, errors: v128, weights: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), steps), f32x4.mul(errors, weights));
}

/** Eight rows, of which those whose bit is set may be pushed. */
function offer(low: v128, high: v128, heap: usize, capacity: u32, row: u32, chosen: u32): void {
  const threshold = v128.load32_splat(heap, 4);
  const overLow = f32x4.gt(low, threshold);
  const overHigh = f32x4.gt(high, threshold);
  if (!v128.any_true(v128.or(overLow, overHigh))) return;
  pushLanes(low, <u32>i32x4.bitmask(overLow) & chosen, heap, capacity, row);
  pushLanes(high, <u32>i32x4.bitmask(overHigh) & (chosen >> 4), heap, capacity, row + 4);
}

function pushLanes(reaches: v128, lanes: u32, heap: usize, capacity: u32, row: u32): void {
  if (lanes & 1) push(heap, capacity, f32x4.extract_lane(reaches, 0), row);
  if (lanes & 2) push(heap, capacity, f32x4.extract_lane(reaches, 1), row + 1);
  if (lanes & 4) push(heap, capacity, f32x4.extract_lane(reaches, 2), row + 2);
  if (lanes & 8) push(heap, capacity, f32x4.extract_lane(reaches, 3), row + 3);
}
