import type { Point } from '../vocabulary/shapes.ts';
import type { PersonMatte } from './face-signals.ts';

/**
 * The part of an opacity raster that hangs together with one point; the rest becomes 0.
 *
 * @param seed       raster pixels.
 * @param opacityMin from here on pixels belong together when they share a side.
 * @returns          undefined when the seed is outside or below the minimum.
 */
export function keepConnected(
  { width, height, opacity }: Pick<PersonMatte, 'width' | 'height' | 'opacity'>,
  seed: Point,
  opacityMin: number,
): Float32Array | undefined {
  const column = Math.floor(seed.x);
  const row = Math.floor(seed.y);
  const isInside = column >= 0 && column < width && row >= 0 && row < height;
  const first = row * width + column;
  if (!isInside || opacity[first]! < opacityMin) return undefined;
  const kept = new Float32Array(opacity.length);
  // A byte each: 1 where a pixel belongs to what it touches and has not been kept yet.
  const left = new Uint8Array(opacity.length);
  for (let i = 0; i < left.length; i++) left[i] = opacity[i]! >= opacityMin ? 1 : 0;
  const waiting = [first];
  while (waiting.length > 0) {
    const index = waiting.pop()!;
    if (left[index] === 0) continue;
    const { start, end } = runThrough(left, index, width);
    kept.set(opacity.subarray(start, end), start);
    left.fill(0, start, end);
    addRuns(waiting, left, start - width, end - width);
    addRuns(waiting, left, start + width, end + width);
  }
  return kept;
}

/** Adds one pixel of each run between two places; none of a row outside the raster. */
function addRuns(waiting: number[], left: Uint8Array, from: number, to: number): void {
  if (from < 0 || from >= left.length) return;
  let wasLeft = false;
  for (let i = from; i < to; i++) {
    const isLeft = left[i] === 1;
    if (isLeft && !wasLeft) waiting.push(i);
    wasLeft = isLeft;
  }
}

/** The part of a pixel's row around it that is left without a gap. */
function runThrough(
  left: Uint8Array,
  index: number,
  width: number,
): { readonly start: number; readonly end: number } {
  const rowStart = index - (index % width);
  const rowEnd = rowStart + width;
  let start = index;
  while (start > rowStart && left[start - 1] === 1) start--;
  let end = index + 1;
  while (end < rowEnd && left[end] === 1) end++;
  return { start, end };
}
