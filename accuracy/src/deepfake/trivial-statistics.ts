import type { BoundingBox } from '@facegate/engine';
import type { Raster } from '../manipulations/raster.ts';

/** What tells data sets apart without knowing anything of manipulation; a detector must do better. */
export interface TrivialStatistics {
  readonly brightness: number;
  readonly saturation: number;
  readonly 'red ÷ blue': number;
  readonly sharpness: number;
}

export const TRIVIAL = ['brightness', 'saturation', 'red ÷ blue', 'sharpness'] as const;

/** Means over the pixels of a face's box: (r + g + b) / 3, max − min of the channels, red ÷ blue, and |step| in green. */
export function trivialStatistics({ width, height, pixels }: Raster, box: BoundingBox): TrivialStatistics {
  let [count, brightness, saturation, red, blue, step] = [0, 0, 0, 1, 1, 0];
  const [left, right] = [Math.max(1, Math.ceil(box.x)), Math.min(width, Math.floor(box.x + box.width))];
  const [top, bottom] = [Math.max(0, Math.ceil(box.y)), Math.min(height, Math.floor(box.y + box.height))];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const p = 3 * (y * width + x);
      const [r = 0, g = 0, b = 0] = pixels.subarray(p, p + 3);
      count++;
      brightness += (r + g + b) / 3;
      saturation += Math.max(r, g, b) - Math.min(r, g, b);
      red += r;
      blue += b;
      step += Math.abs(g - (pixels[p - 2] ?? g));
    }
  }
  const n = Math.max(1, count);
  return {
    brightness: brightness / n,
    saturation: saturation / n,
    'red ÷ blue': red / blue,
    sharpness: step / n,
  };
}
