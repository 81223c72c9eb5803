import { planFourier } from './fourier.ts';
import type { OpponentRaster } from './opponent-raster.ts';
import { meanLogarithms, multiplyPowers, type Tile } from './power-spectrum.ts';

/** px. A narrower tile takes in fewer periods of a grid, whose peaks then stand out less. */
export const TILE_SIDE = 128;
/** Tiles overlap by half: what the fading of one leaves out is in the next. */
export const TILE_STEP = TILE_SIDE / 2;
const PLAN = planFourier(TILE_SIDE);
const EMPTY_TILE: Tile = { plane: new Float32Array(TILE_SIDE * TILE_SIDE), planeWidth: TILE_SIDE, corner: 0 };

/** Natural logarithms of power, as `power-spectrum.ts` orders them. */
export interface OpponentSpectra {
  readonly luminance: Float32Array;
  readonly redGreen: Float32Array;
  readonly blueYellow: Float32Array;
}

/**
 * Mean logarithm of power over the tiles of a raster whose side is a multiple of half of theirs. What is in all of them, as
 * a grid is, stands out more clearly than in one large spectrum, where the parts of a face have peaks too.
 *
 * @source Welch, IEEE Trans. Audio Electroacoustics 15, 1967, with logarithms averaged instead of powers.
 */
export function tileSpectra({ side, luminance, redGreen, blueYellow }: OpponentRaster): OpponentSpectra {
  const products = { luminance: ones(), redGreen: ones(), blueYellow: ones() };
  const corners = cornersOf(side);
  const tileOf = (plane: Float32Array, corner: number): Tile => ({ plane, planeWidth: side, corner });
  for (const corner of corners) {
    const tiles = { first: tileOf(luminance, corner), second: tileOf(blueYellow, corner) };
    multiplyPowers({ first: products.luminance, second: products.blueYellow }, tiles, PLAN);
  }
  for (let k = 0; k < corners.length; k += 2) {
    const next = corners[k + 1];
    const tiles = {
      first: tileOf(redGreen, corners[k]!),
      second: next === undefined ? EMPTY_TILE : tileOf(redGreen, next),
    };
    multiplyPowers({ first: products.redGreen, second: products.redGreen }, tiles, PLAN);
  }
  const meanOf = (powers: Float64Array) => meanLogarithms(powers, TILE_SIDE, corners.length);
  return {
    luminance: meanOf(products.luminance),
    redGreen: meanOf(products.redGreen),
    blueYellow: meanOf(products.blueYellow),
  };
}

const ones = (): Float64Array => new Float64Array(TILE_SIDE * TILE_SIDE).fill(1);

/** Indices of the tiles' first pixels. */
function cornersOf(side: number): number[] {
  const count = side / TILE_STEP - 1;
  return Array.from(
    { length: count * count },
    (_, k) => Math.floor(k / count) * TILE_STEP * side + (k % count) * TILE_STEP,
  );
}
