import type { BoundingBox } from '../vocabulary/shapes.ts';
import type { OpponentRaster } from './opponent-raster.ts';

/** Steps of luminance and of saturation. */
const STEPS = 256;

/** Pixels in the order of their luminance, to a step of 255. */
export interface Tones {
  /** 0..255 each, ascending. */
  readonly levels: Uint8Array;
  /** Of the same pixels in the same order, 255 for 1. */
  readonly saturations: Uint8Array;
}

/** Of the part of a box that lies in the raster; undefined when none does. */
export function tonesWithin(raster: OpponentRaster, box: BoundingBox): Tones | undefined {
  const { side, luminance, saturation } = raster;
  const [left, top] = [Math.max(0, Math.round(box.x)), Math.max(0, Math.round(box.y))];
  const right = Math.min(side, Math.round(box.x + box.width));
  const bottom = Math.min(side, Math.round(box.y + box.height));
  if (right <= left || bottom <= top) return undefined;
  const starts = new Uint32Array(STEPS + 1);
  for (let y = top; y < bottom; y++)
    for (let i = y * side + left; i < y * side + right; i++) starts[stepOf(luminance[i]!) + 1]!++;
  for (let step = 1; step <= STEPS; step++) starts[step]! += starts[step - 1]!;
  const levels = new Uint8Array(starts[STEPS]!);
  const saturations = new Uint8Array(levels.length);
  for (let y = top; y < bottom; y++) {
    for (let i = y * side + left; i < y * side + right; i++) {
      const level = stepOf(luminance[i]!);
      const place = starts[level]!++;
      levels[place] = level;
      saturations[place] = stepOf(255 * saturation[i]!);
    }
  }
  return { levels, saturations };
}

export const tonesOf = (raster: OpponentRaster): Tones => {
  const whole = { x: 0, y: 0, width: raster.side, height: raster.side };
  return tonesWithin(raster, whole) ?? { levels: new Uint8Array(1), saturations: new Uint8Array(1) };
};

/** Of a value from 0 to 255. */
const stepOf = (value: number): number => (value + 0.5) | 0;

/** The luminance that a share of the pixels do not exceed, 0..255. */
export const levelAt = ({ levels }: Tones, share: number): number =>
  levels[Math.min(levels.length - 1, Math.floor(share * levels.length))]!;

/** The saturation that a share of the pixels do not exceed, 0..1; of all, or of those between two shares of the darkest. */
export function saturationAt(
  { saturations }: Tones,
  share: number,
  [from, to]: readonly [number, number] = [0, 1],
): number {
  const first = Math.floor(from * saturations.length);
  const end = Math.max(first + 1, Math.floor(to * saturations.length));
  const counts = new Uint32Array(STEPS);
  for (let i = first; i < end; i++) counts[saturations[i]!]!++;
  let left = Math.floor(share * (end - first));
  let step = 0;
  while (step < STEPS - 1 && left >= counts[step]!) left -= counts[step++]!;
  return step / (STEPS - 1);
}

/** Natural logarithm of a quotient of levels 0..255; black is taken for 4, so that it does not decide alone. */
export const logRatio = (level: number, other: number): number => Math.log((level + 4) / (other + 4));

/** As {@link logRatio}, of saturations. */
export const logSaturationRatio = (saturation: number, other: number): number =>
  Math.log((saturation + 0.02) / (other + 0.02));
