/**
 * What is done to tiles of rows (see `scan.ts`) before and after the matrix product of a batch, in the memory of one
 * thread. Compiled by `tools/build-kernel.mjs`.
 */
import { push } from './heap.ts';
import { ERRORS, LINE, SCALES_BYTES } from './tile.ts';

const TILE_ROWS: usize = 8;
/** Turns a code, −127..127, into 1..255: 128 more. */
const OFFSET: u8 = 128;

/** Lays the rows of whole tiles one after the other, their codes as 1..255. */
export function unpack(tile: usize, tiles: u32, dimension: u32, to: usize): void {
  const offset = i8x16.splat(OFFSET);
  for (let i: u32 = 0; i < tiles; i++, tile += SCALES_BYTES, to += (TILE_ROWS - 1) * <usize>dimension) {
    for (const end = to + <usize>dimension; to < end; to += LINE) {
      for (let row: usize = 0, at = to; row < TILE_ROWS; row++, tile += LINE, at += <usize>dimension) {
        v128.store(at, v128.xor(v128.load(tile), offset));
        v128.store(at, v128.xor(v128.load(tile, 16), offset), 16);
        v128.store(at, v128.xor(v128.load(tile, 32), offset), 32);
        v128.store(at, v128.xor(v128.load(tile, 48), offset), 48);
      }
    }
  }
}

/**
 * Offers the rows of whole tiles to the heaps of all probes, a multiple of four.
 *
 * With both digits of the probes' codes a row's reach is that of `scan.ts`. With the upper ones alone it is more by what
 * the lower ones can come to at most, the probe's slack.
 *
 * @param sums  a row after the other: the sums of each probe's upper digits, then of each one's lower if there are two.
 * @param weights,slacks,thresholds  a float32 for each probe; the thresholds are kept here.
 */
export function offer(
  tile: usize,
  tiles: u32,
  dimension: u32,
  sums: usize,
  digits: u32,
  probes: u32,
  weights: usize,
  slacks: usize,
  thresholds: usize,
  heaps: usize,
  heapStride: u32,
  capacity: u32,
  row: u32,
): void {
  copyThresholds(thresholds, probes, heaps, heapStride);
  const codesBytes = (<usize>dimension) << 3;
  const bytes = (<usize>probes) << 2;
  for (let i: u32 = 0; i < tiles; i++, tile += codesBytes + SCALES_BYTES) {
    const scales = tile + codesBytes;
    for (let at = scales; at < scales + ERRORS; at += 4, row++, sums += <usize>digits * bytes) {
      const step = v128.load32_splat(at);
      const error = v128.load32_splat(at, ERRORS);
      for (let probe: usize = 0; probe < bytes; probe += 16) {
        let sum = i32x4.shl(v128.load(sums + probe), 7);
        if (digits > 1) sum = i32x4.add(sum, v128.load(sums + bytes + probe));
        const reach = f32x4.add(
          f32x4.mul(f32x4.convert_i32x4_s(sum), step),
          f32x4.add(f32x4.mul(error, v128.load(weights + probe)), v128.load(slacks + probe)),
        );
        const over = f32x4.gt(reach, v128.load(thresholds + probe));
        if (v128.any_true(over)) {
          pushLanes(reach, <u32>i32x4.bitmask(over), probe, thresholds, heaps, heapStride, capacity, row);
        }
      }
    }
  }
}

function copyThresholds(thresholds: usize, probes: u32, heaps: usize, heapStride: u32): void {
  for (let i: u32 = 0; i < probes; i++, thresholds += 4, heaps += heapStride) {
    store<f32>(thresholds, load<f32>(heaps, 4));
  }
}

/** One row to those of four probes whose bit is set. @param probe  of the first of them, in bytes of a word each. */
function pushLanes(
  reaches: v128,
  lanes: u32,
  probe: usize,
  thresholds: usize,
  heaps: usize,
  heapStride: u32,
  capacity: u32,
  row: u32,
): void {
  const heap = heaps + (probe >> 2) * <usize>heapStride;
  const threshold = thresholds + probe;
  if (lanes & 1) pushTo(heap, threshold, f32x4.extract_lane(reaches, 0), capacity, row);
  if (lanes & 2) pushTo(heap + heapStride, threshold + 4, f32x4.extract_lane(reaches, 1), capacity, row);
  if (lanes & 4) pushTo(heap + 2 * heapStride, threshold + 8, f32x4.extract_lane(reaches, 2), capacity, row);
  if (lanes & 8) pushTo(heap + 3 * heapStride, threshold + 12, f32x4.extract_lane(reaches, 3), capacity, row);
}

function pushTo(heap: usize, threshold: usize, reach: f32, capacity: u32, row: u32): void {
  push(heap, capacity, reach, row);
  store<f32>(threshold, load<f32>(heap, 4));
}
