import { type FourierPlan, transformColumns, transpose } from './fourier.ts';

/** Of two rasters, see {@link multiplyPowers}. */
interface Pair<Values> {
  readonly first: Values;
  readonly second: Values;
}

/**
 * Multiplies by one and the power of two square rasters at each frequency, their means taken out and their edges faded by
 * a Hann window: logarithms add up that way, and one is taken in the end instead of one for each raster. Both rasters go
 * through one transform, as its real and its imaginary part.
 *
 * @param products side² values each, 1 at first; the row is the horizontal frequency, 0 first, the upper half negative and
 *   left as it is; then the vertical. A dozen powers of 8-bit rasters fit in.
 */
export function multiplyPowers(
  products: Pair<Float64Array>,
  rasters: Pair<Float32Array>,
  plan: FourierPlan,
): void {
  const side = plan.length;
  const real = faded(rasters.first, plan);
  const imaginary = faded(rasters.second, plan);
  transformColumns(real, imaginary, plan);
  transpose(real, side);
  transpose(imaginary, side);
  transformColumns(real, imaginary, plan);
  for (let row = 0; row <= side / 2; row++) {
    const mirrored = ((side - row) % side) * side;
    for (let column = 0, i = row * side; column < side; column++, i++) {
      const j = mirrored + ((side - column) % side);
      const [re, im, reMirrored, imMirrored] = [real[i]!, imaginary[i]!, real[j]!, imaginary[j]!];
      products.first[i]! *= 1 + ((re + reMirrored) ** 2 + (im - imMirrored) ** 2) / 4;
      products.second[i]! *= 1 + ((im + imMirrored) ** 2 + (reMirrored - re) ** 2) / 4;
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

function faded(raster: Float32Array, { length: side, fade }: FourierPlan): Float64Array {
  let sum = 0;
  for (let i = 0; i < raster.length; i++) sum += raster[i]!;
  const mean = sum / raster.length;
  const result = new Float64Array(raster.length);
  for (let y = 0, i = 0; y < side; y++) {
    const row = fade[y]!;
    for (let x = 0; x < side; x++, i++) result[i] = (raster[i]! - mean) * fade[x]! * row;
  }
  return result;
}
