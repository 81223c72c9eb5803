import type { Affine } from '../geometry/affine.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { PlaneSize } from './box-mean.ts';

/**
 * Reads a matte for each pixel of another raster: bilinear, the matte's edge repeated beyond it.
 *
 * @param toMatte  raster → matte.
 */
export function sampleOpacity(
  matte: PersonMatte,
  toMatte: Affine,
  { width, height }: PlaneSize,
): Float32Array {
  const result = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const u = toMatte.a * (x + 0.5) + toMatte.b * (y + 0.5) + toMatte.c - 0.5;
      const v = toMatte.d * (x + 0.5) + toMatte.e * (y + 0.5) + toMatte.f - 0.5;
      result[i] = opacityAt(matte, u, v);
    }
  }
  return result;
}

/** @param u, v  indices of pixel centres. */
function opacityAt({ width, height, opacity }: PersonMatte, u: number, v: number): number {
  const x = Math.min(Math.max(u, 0), width - 1);
  const y = Math.min(Math.max(v, 0), height - 1);
  const left = Math.min(Math.floor(x), Math.max(width - 2, 0));
  const top = Math.min(Math.floor(y), Math.max(height - 2, 0));
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  const i = top * width + left;
  const upper = opacity[i]! + (opacity[i + right]! - opacity[i]!) * (x - left);
  const lower = opacity[i + below]! + (opacity[i + below + right]! - opacity[i + below]!) * (x - left);
  return upper + (lower - upper) * (y - top);
}
