import type { Point } from '@facegate/engine';
import type { Raster } from './raster.ts';

/** Overlay where the mask is 255, base where it is 0. All of one size. */
export function blended(base: Raster, overlay: Raster, mask: Uint8Array): Raster {
  const pixels = base.pixels.map((value, p) => {
    const opacity = (mask[Math.floor(p / 3)] ?? 0) / 255;
    return Math.round(value + opacity * ((overlay.pixels[p] ?? value) - value));
  });
  return { ...base, pixels };
}

/** A turn, a uniform scale and a shift of the plane: z → turn·z + shift, points as complex numbers. */
export interface Similarity {
  readonly turn: Point;
  readonly shift: Point;
}

/** The similarity that takes `from[0]` to `to[0]` and `from[1]` to `to[1]`. */
export function similarityOf(from: readonly [Point, Point], to: readonly [Point, Point]): Similarity {
  const a = { x: from[1].x - from[0].x, y: from[1].y - from[0].y };
  const b = { x: to[1].x - to[0].x, y: to[1].y - to[0].y };
  const square = a.x * a.x + a.y * a.y;
  const turn = { x: (b.x * a.x + b.y * a.y) / square, y: (b.y * a.x - b.x * a.y) / square };
  const turned = applied({ turn, shift: { x: 0, y: 0 } }, from[0]);
  return { turn, shift: { x: to[0].x - turned.x, y: to[0].y - turned.y } };
}

const applied = ({ turn, shift }: Similarity, { x, y }: Point): Point => ({
  x: turn.x * x - turn.y * y + shift.x,
  y: turn.y * x + turn.x * y + shift.y,
});

/** Reads the picture at `toSource(pixel)`, bilinear, its edge continued outside. */
export function warped(
  source: Raster,
  toSource: Similarity,
  { width, height }: { readonly width: number; readonly height: number },
): Raster {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = applied(toSource, { x: x + 0.5, y: y + 0.5 });
      for (let channel = 0; channel < 3; channel++) pixels[p++] = sampled(source, at, channel);
    }
  }
  return { width, height, pixels };
}

function sampled({ pixels, width, height }: Raster, at: Point, channel: number): number {
  const left = Math.floor(at.x - 0.5);
  const top = Math.floor(at.y - 0.5);
  const [fx, fy] = [at.x - 0.5 - left, at.y - 0.5 - top];
  const value = (x: number, y: number): number => {
    const column = Math.min(width - 1, Math.max(0, x));
    const row = Math.min(height - 1, Math.max(0, y));
    return pixels[3 * (row * width + column) + channel] ?? 0;
  };
  const upper = value(left, top) * (1 - fx) + value(left + 1, top) * fx;
  const lower = value(left, top + 1) * (1 - fx) + value(left + 1, top + 1) * fx;
  return Math.round(upper * (1 - fy) + lower * fy);
}

/** Moves and stretches each channel so that mean and deviation where the mask is opaque become those of `like`. */
export function tinted(raster: Raster, like: Raster, mask: Uint8Array): Raster {
  const pixels = new Uint8Array(raster.pixels);
  for (let channel = 0; channel < 3; channel++) {
    const own = moments(raster, mask, channel);
    const wanted = moments(like, mask, channel);
    const gain = Math.min(2, wanted.deviation / own.deviation);
    for (let p = channel; p < pixels.length; p += 3) {
      const value = wanted.mean + gain * ((pixels[p] ?? 0) - own.mean);
      pixels[p] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return { ...raster, pixels };
}

function moments({ pixels }: Raster, mask: Uint8Array, channel: number) {
  let [count, sum, square] = [0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if ((mask[i] ?? 0) < 128) continue;
    const value = pixels[3 * i + channel] ?? 0;
    count++;
    sum += value;
    square += value * value;
  }
  const mean = sum / Math.max(1, count);
  return { mean, deviation: Math.sqrt(Math.max(1, square / Math.max(1, count) - mean * mean)) };
}
