/** What transforms of one length share. */
export interface FourierPlan {
  /** A power of two. */
  readonly length: number;
  /** Where each place goes before the first step. */
  readonly order: Uint16Array;
  /** Roots of unity, half a turn. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** Hann's window. */
  readonly fade: Float64Array;
}

export function planFourier(length: number): FourierPlan {
  const bits = Math.log2(length);
  const angles = Float64Array.from({ length: length / 2 }, (_, k) => (-2 * Math.PI * k) / length);
  return {
    length,
    order: Uint16Array.from({ length }, (_, place) => reversed(place, bits)),
    cos: angles.map(Math.cos),
    sin: angles.map(Math.sin),
    fade: Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length)),
  };
}

function reversed(place: number, bits: number): number {
  let mirror = 0;
  for (let bit = 0; bit < bits; bit++) mirror |= ((place >> bit) & 1) << (bits - 1 - bit);
  return mirror;
}

/**
 * Fourier transform of every column of a square raster, in place. Whole rows are combined at each step, so that memory is
 * read in order.
 *
 * @source Cooley and Tukey, Math. Comp. 19, 1965: radix 2, decimation in time.
 */
export function transformColumns(real: Float64Array, imaginary: Float64Array, plan: FourierPlan): void {
  const n = plan.length;
  orderRows(real, plan);
  orderRows(imaginary, plan);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = plan.cos[(k * n) / size]!;
      const sin = plan.sin[(k * n) / size]!;
      for (let row = k; row < n; row += size) {
        const end = (row + 1) * n;
        for (let i = row * n, j = (row + half) * n; i < end; i++, j++) {
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
}

function orderRows(raster: Float64Array, { length, order }: FourierPlan): void {
  const kept = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const other = order[row]!;
    if (other <= row) continue;
    kept.set(raster.subarray(row * length, (row + 1) * length));
    raster.copyWithin(row * length, other * length, (other + 1) * length);
    raster.set(kept, other * length);
  }
}

/** Rows and columns of a square raster exchanged, in place. */
export function transpose(raster: Float64Array, side: number): void {
  for (let y = 1; y < side; y++) {
    for (let x = 0; x < y; x++) {
      const value = raster[y * side + x]!;
      raster[y * side + x] = raster[x * side + y]!;
      raster[x * side + y] = value;
    }
  }
}
