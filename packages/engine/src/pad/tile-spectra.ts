import { planFourier } from './fourier.ts';
import type { OpponentRaster } from './opponent-raster.ts';
import { addPowers } from './power-spectrum.ts';

/** px */
export const TILE_SIDE = 64;
const PLAN = planFourier(TILE_SIDE);

/** Natural logarithms of power, as `power-spectrum.ts` orders them. */
export interface OpponentSpectra {
  readonly luminance: Float32Array;
  readonly redGreen: Float32Array;
  readonly blueYellow: Float32Array;
}

/**
 * Mean logarithm of power over the tiles of a raster whose side is a multiple of theirs. What is in all of them, as a grid
 * is, stands out more clearly than in one large spectrum, where the parts of a face have peaks too.
 *
 * @source Welch, IEEE Trans. Audio Electroacoustics 15, 1967, with logarithms averaged instead of powers.
 */
export function tileSpectra({ side, luminance, redGreen, blueYellow }: OpponentRaster): OpponentSpectra {
  const sums = { luminance: emptyTile(), redGreen: emptyTile(), blueYellow: emptyTile() };
  const corners = cornersOf(side);
  for (const corner of corners) {
    const rasters = { first: cut(luminance, side, corner), second: cut(blueYellow, side, corner) };
    addPowers({ first: sums.luminance, second: sums.blueYellow }, rasters, PLAN);
  }
  for (let k = 0; k < corners.length; k += 2) {
    const next = corners[k + 1];
    const rasters = {
      first: cut(redGreen, side, corners[k]!),
      second: next === undefined ? emptyTile() : cut(redGreen, side, next),
    };
    addPowers({ first: sums.redGreen, second: sums.redGreen }, rasters, PLAN);
  }
  for (const sum of Object.values(sums)) for (let i = 0; i < sum.length; i++) sum[i]! /= corners.length;
  return sums;
}

const emptyTile = (): Float32Array => new Float32Array(TILE_SIDE * TILE_SIDE);

/** Indices of the tiles' first pixels. */
function cornersOf(side: number): number[] {
  const count = side / TILE_SIDE;
  return Array.from(
    { length: count * count },
    (_, k) => Math.floor(k / count) * TILE_SIDE * side + (k % count) * TILE_SIDE,
  );
}

function cut(plane: Float32Array, side: number, corner: number): Float32Array {
  const tile = emptyTile();
  for (let y = 0; y < TILE_SIDE; y++) {
    const start = corner + y * side;
    tile.set(plane.subarray(start, start + TILE_SIDE), y * TILE_SIDE);
  }
  return tile;
}
