import { wrappedBoxMean } from '../box-mean.ts';
import type { PadView } from '../pad-view.ts';
import { TILE_SIDE } from '../tile-spectra.ts';

/** Cycles per tile. Below, a face has structure of its own. */
const CYCLES_MIN = 10;
/** So near an axis lie the grids of screens and papers that are held nearly upright. */
const AXIS_CYCLES = 4;
/** JPEG's blocks have peaks of their own on both axes, at multiples of so many cycles. */
const BLOCK_CYCLES = TILE_SIDE / 8;
const BLOCK_REACH = 1.2;
/** With its slopes a peak is five frequencies wide; its surroundings eleven. */
const REACH = { slopes: 2, surroundings: 5 };
/** Vertical frequencies of one half plane: the other mirrors it. */
const ROWS = TILE_SIDE / 2;
/** The strongest, and the last of so many, which is not chance alone. */
const STRONGEST = 4;

/**
 * How far the strongest narrow peaks of the spectrum stand above their surroundings, nepers of power: near the axes, then
 * away from them, each in luminance, red against green, blue against yellow and in all at once. A screen's grid or a
 * halftone, sampled by a camera, adds peaks at frequencies where faces have a smooth spectrum; sampled through a mosaic of
 * colours, in colour first.
 *
 * @source after Garcia and de Queiroz, Face-spoofing 2D-detection based on moiré-pattern analysis, IEEE TIFS 10, 2015.
 */
export function moire({ spectra }: PadView): number[] | undefined {
  const found = spectra();
  if (!found) return undefined;
  const planes = [found.luminance, found.redGreen, found.blueYellow].map(excessOf);
  const all = planes[0]!.map((value, i) => value + planes[1]![i]! + planes[2]![i]!);
  return [true, false].flatMap((isNearAxis) =>
    [...planes, all].flatMap((excess) => strongest(excess, isNearAxis)),
  );
}

/** Above the mean of the surroundings, at each frequency of the half plane that is looked at. */
function excessOf(spectrum: Float32Array): Float32Array {
  const meanOver = (reach: number) => wrappedBoxMean(spectrum, { side: TILE_SIDE, reach, rows: ROWS });
  const slopes = meanOver(REACH.slopes);
  const wide = meanOver(REACH.surroundings);
  const [inner, outer] = [(2 * REACH.slopes + 1) ** 2, (2 * REACH.surroundings + 1) ** 2];
  const excess = new Float32Array(slopes.length);
  for (let i = 0; i < excess.length; i++)
    excess[i] = spectrum[i]! - (wide[i]! * outer - slopes[i]! * inner) / (outer - inner);
  return excess;
}

/** The largest value and the fourth. */
function strongest(excess: Float32Array, isNearAxis: boolean): number[] {
  const largest = new Float32Array(STRONGEST).fill(Number.NEGATIVE_INFINITY);
  for (const place of isNearAxis ? NEAR_AXIS : ELSEWHERE) {
    const value = excess[place]!;
    if (value <= largest[STRONGEST - 1]!) continue;
    let rank = STRONGEST - 1;
    for (; rank > 0 && largest[rank - 1]! < value; rank--) largest[rank] = largest[rank - 1]!;
    largest[rank] = value;
  }
  return [largest[0]!, largest[STRONGEST - 1]!];
}

/** Indices of frequencies. */
function placesWhere(isWanted: (column: number, row: number) => boolean): Uint16Array {
  const places: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 1 - TILE_SIDE / 2; column < TILE_SIDE / 2; column++) {
      if (Math.hypot(column, row) < CYCLES_MIN || (row === 0 && column < 0)) continue;
      if (isWanted(Math.abs(column), row)) places.push(row * TILE_SIDE + ((column + TILE_SIDE) % TILE_SIDE));
    }
  }
  return Uint16Array.from(places);
}

const isNear = (column: number, row: number): boolean => column <= AXIS_CYCLES || row <= AXIS_CYCLES;
function isOfBlocks(column: number, row: number): boolean {
  const cycles = Math.hypot(column, row);
  return Math.abs(cycles - BLOCK_CYCLES * Math.round(cycles / BLOCK_CYCLES)) < BLOCK_REACH;
}

const NEAR_AXIS = placesWhere((column, row) => isNear(column, row) && !isOfBlocks(column, row));
const ELSEWHERE = placesWhere((column, row) => !isNear(column, row));
