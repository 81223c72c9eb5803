import { transformInPlace, turnsOf } from './fourier.ts';

/**
 * Natural logarithm of the power of a square raster at each frequency, its mean taken out and its edges faded by a Hann
 * window.
 *
 * @param side power of two.
 * @returns    side² values; the row is the vertical frequency, 0 first, the upper half negative; then the horizontal.
 */
export function logPowerSpectrum(raster: Float32Array, side: number): Float32Array {
  const fade = Float64Array.from(
    { length: side },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side),
  );
  const mean = raster.reduce((sum, value) => sum + value, 0) / raster.length;
  const real = Float64Array.from(
    raster,
    (value, i) => (value - mean) * fade[i % side]! * fade[Math.floor(i / side)]!,
  );
  const turns = turnsOf(side);
  const imaginary = new Float64Array(real.length);
  for (let row = 0; row < side; row++) {
    const [from, to] = [row * side, (row + 1) * side];
    transformInPlace(real.subarray(from, to), imaginary.subarray(from, to), turns);
  }
  const [re, im] = [new Float64Array(side), new Float64Array(side)];
  const power = new Float32Array(real.length);
  for (let column = 0; column < side; column++) {
    for (let y = 0; y < side; y++) {
      re[y] = real[y * side + column]!;
      im[y] = imaginary[y * side + column]!;
    }
    transformInPlace(re, im, turns);
    for (let y = 0; y < side; y++) power[y * side + column] = Math.log(1 + re[y]! ** 2 + im[y]! ** 2);
  }
  return power;
}
