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
  // None waits twice.
  const waiting = new Uint32Array(opacity.length);
  let count = 0;
  const reach = (index: number): void => {
    if (kept[index] !== 0 || opacity[index]! < opacityMin) return;
    kept[index] = opacity[index]!;
    waiting[count++] = index;
  };
  reach(first);
  while (count > 0) {
    const index = waiting[--count]!;
    const x = index % width;
    if (x > 0) reach(index - 1);
    if (x < width - 1) reach(index + 1);
    if (index >= width) reach(index - width);
    if (index < opacity.length - width) reach(index + width);
  }
  return kept;
}
