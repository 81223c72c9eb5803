/** The roots of unity that transforms of one length share. */
export interface Turns {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

export function turnsOf(length: number): Turns {
  const angles = Float64Array.from({ length: length / 2 }, (_, k) => (-2 * Math.PI * k) / length);
  return { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
}

/**
 * Fourier transform in place, length a power of two.
 *
 * @param turns of that length.
 *
 * @source Cooley and Tukey, Math. Comp. 19, 1965: radix 2, decimation in time.
 */
export function transformInPlace(real: Float64Array, imaginary: Float64Array, turns: Turns): void {
  const n = real.length;
  reverseBits(real, imaginary);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = turns.cos[(k * n) / size]!;
      const sin = turns.sin[(k * n) / size]!;
      for (let i = k; i < n; i += size) {
        const j = i + half;
        const re = real[j]! * cos - imaginary[j]! * sin;
        const im = real[j]! * sin + imaginary[j]! * cos;
        real[j] = real[i]! - re;
        imaginary[j] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}
