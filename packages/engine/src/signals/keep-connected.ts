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
  const isLeft = (index: number): boolean => kept[index] === 0 && opacity[index]! >= opacityMin;
  const waiting = [first];
  /** One pixel of each run stands for it. */
  const wait = (from: number, to: number): void => {
    const end = Math.min(to, opacity.length);
    for (let i = Math.max(0, from); i < end; i++)
      if (isLeft(i) && (i === from || !isLeft(i - 1))) waiting.push(i);
  };
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (!isLeft(index)) continue;
    const { start, end } = runThrough(index, width, isLeft);
    kept.set(opacity.subarray(start, end), start);
    wait(start - width, end - width);
    wait(start + width, end + width);
  }
  return kept;
}

/** The part of a pixel's row around it that is left without a gap. */
function runThrough(
  index: number,
  width: number,
  isLeft: (index: number) => boolean,
): { readonly start: number; readonly end: number } {
  const rowStart = index - (index % width);
  let start = index;
  while (start > rowStart && isLeft(start - 1)) start--;
  let end = index + 1;
  while (end < rowStart + width && isLeft(end)) end++;
  return { start, end };
}
