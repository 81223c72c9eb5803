import { type ComplexRaster, type FourierPlan, transformColumns, transposeInOrder } from './fourier.ts';

/** Of two rasters, see {@link multiplyPowers}. */
interface Pair<Values> {
  readonly first: Values;
  readonly second: Values;
}

/** Where a square lies in a raster. */
export interface Tile {
  readonly plane: Float32Array;
  /** px */
  readonly planeWidth: number;
  /** Index of its first pixel. */
  readonly corner: number;
}

/**
 * Multiplies by one and the power of two square tiles at each frequency, their means taken out and their edges faded by
 * a Hann window: logarithms add up that way, and one is taken in the end instead of one for each tile. Both tiles go
 * through one transform, as its real and its imaginary part.
 *
 * @param products side² values each, 1 at first; the row is the horizontal frequency, 0 first, the upper half negative and
 *   left as it is; then the vertical. A dozen powers of 8-bit rasters fit in.
 */
export function multiplyPowers(products: Pair<Float64Array>, tiles: Pair<Tile>, plan: FourierPlan): void {
  const [rows, columns] = plan.rasters;
  fade(tiles.first, rows.real, plan);
  fade(tiles.second, rows.imaginary, plan);
  transformColumns(rows, plan);
  transposeInOrder(rows.real, columns.real, plan);
  transposeInOrder(rows.imaginary, columns.imaginary, plan);
  transformColumns(columns, plan);
  multiplySeparated(products, columns, plan.length);
}

/** Takes the spectra of the real and of the imaginary part apart. */
function multiplySeparated(
  { first, second }: Pair<Float64Array>,
  { real, imaginary }: ComplexRaster,
  side: number,
): void {
  for (let row = 0; row <= side / 2; row++) {
    const mirrored = (((side - row) % side) * side) | 0;
    const start = (row * side) | 0;
    for (let column = 0; column < side; column = (column + 1) | 0) {
      const i = (start + column) | 0;
      const j = (mirrored + (column === 0 ? 0 : side - column)) | 0;
      const reSum = real[i]! + real[j]!;
      const imGap = imaginary[i]! - imaginary[j]!;
      const imSum = imaginary[i]! + imaginary[j]!;
      const reGap = real[j]! - real[i]!;
      first[i] = first[i]! * (1 + (reSum * reSum + imGap * imGap) / 4);
      second[i] = second[i]! * (1 + (imSum * imSum + reGap * reGap) / 4);
    }
  }
}

/** The mean logarithm of so many powers, from their products in the lower half; the upper half mirrors it. */
export function meanLogarithms(products: Float64Array, side: number, count: number): Float32Array {
  const logarithms = new Float32Array(products.length);
  for (let row = 0; row <= side / 2; row++) {
    const mirrored = ((side - row) % side) * side;
    for (let column = 0, i = row * side; column < side; column++, i++) {
      const logarithm = Math.log(products[i]!) / count;
      logarithms[i] = logarithm;
      logarithms[mirrored + ((side - column) % side)] = logarithm;
    }
  }
  return logarithms;
}

/** Lays a tile out for a transform: its mean taken out, its edges faded, its rows in the plan's order. */
function fade(tile: Tile, faded: Float64Array, { length: side, fade: window, order }: FourierPlan): void {
  const { plane, planeWidth, corner } = tile;
  const mean = meanOf(tile, side);
  for (let y = 0; y < side; y++) {
    const row = window[y]!;
    let o = (order[y]! * side) | 0;
    let i = (corner + y * planeWidth) | 0;
    for (let x = 0; x < side; x = (x + 1) | 0, i = (i + 1) | 0, o = (o + 1) | 0)
      faded[o] = (plane[i]! - mean) * window[x]! * row;
  }
}

function meanOf({ plane, planeWidth, corner }: Tile, side: number): number {
  let sum = 0;
  for (let y = 0; y < side; y++) {
    const start = (corner + y * planeWidth) | 0;
    for (let i = start; i < start + side; i = (i + 1) | 0) sum += plane[i]!;
  }
  return sum / (side * side);
}
