import { LINE_MARGIN, placeOnLine, type StraightLine } from './line-support.ts';

/** Smallest step that counts, levels, and of the mean step. */
const STEP_MIN = 1.5;
const STEP_SHARE_MIN = 0.35;
const PLACES_MIN = 40;

/** Which way brightness steps at each place, −1, 0 or 1. */
export interface Steps {
  readonly across: Int8Array;
  readonly down: Int8Array;
}

/**
 * Differences of the neighbours on both sides, averaged over three places along the edge.
 *
 * @returns undefined where there is none.
 * @source  Prewitt, 1970.
 */
export function stepsOf(raster: Float32Array, side: number): Steps | undefined {
  const across = new Float32Array(raster.length);
  const down = new Float32Array(raster.length);
  let total = 0;
  for (let y = 2; y < side - 2; y++) {
    for (let x = 2, i = y * side + 2; x < side - 2; x++, i++) {
      const rising = raster[i + 1 + side]! - raster[i - 1 - side]!;
      const falling = raster[i + 1 - side]! - raster[i - 1 + side]!;
      across[i] = (raster[i + 1]! - raster[i - 1]! + rising + falling) / 3;
      down[i] = (raster[i + side]! - raster[i - side]! + rising - falling) / 3;
      total += Math.abs(across[i]!) + Math.abs(down[i]!);
    }
  }
  if (total === 0) return undefined;
  const least = Math.max(STEP_MIN, (STEP_SHARE_MIN * total) / (2 * raster.length));
  return { across: signsOf(across, least), down: signsOf(down, least) };
}

function signsOf(steps: Float32Array, least: number): Int8Array {
  const signs = new Int8Array(steps.length);
  for (let i = 0; i < steps.length; i++) signs[i] = Math.abs(steps[i]!) > least ? Math.sign(steps[i]!) : 0;
  return signs;
}

interface Beside extends StraightLine {
  readonly isUpright: boolean;
  /** px right of the line, or below it. */
  readonly distance: number;
}

/** Mean and deviation of what lies beside a line; undefined where too little of that is in the raster. */
export function levelsAlong(
  raster: Float32Array,
  side: number,
  { isUpright, distance, ...line }: Beside,
): { readonly mean: number; readonly deviation: number } | undefined {
  const [along, aside] = isUpright ? [side, 1] : [1, side];
  let [sum, squares, count] = [0, 0, 0];
  for (let t = LINE_MARGIN; t < side - LINE_MARGIN; t++) {
    const place = placeOnLine(line, t, side) + distance;
    if (place < 0 || place >= side) continue;
    const level = raster[t * along + place * aside]!;
    sum += level;
    squares += level * level;
    count++;
  }
  const mean = sum / count;
  return count < PLACES_MIN
    ? undefined
    : { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
