/** What transforms of one length share, and the memory they work in: one at a time. */
export interface FourierPlan {
  /** A power of two, 2 or more. */
  readonly length: number;
  /** Where each row must lie before a transform. */
  readonly order: Uint16Array;
  /** Roots of unity, half a turn. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** Hann's window. */
  readonly fade: Float64Array;
  /** Two square rasters, for what is transformed and for what comes next. */
  readonly rasters: readonly [ComplexRaster, ComplexRaster];
}

/** Square, row by row. */
export interface ComplexRaster {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
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
    rasters: [emptyRaster(length), emptyRaster(length)],
  };
}

const emptyRaster = (side: number): ComplexRaster => ({
  real: new Float64Array(side * side),
  imaginary: new Float64Array(side * side),
});

function reversed(place: number, bits: number): number {
  let mirror = 0;
  for (let bit = 0; bit < bits; bit++) mirror |= ((place >> bit) & 1) << (bits - 1 - bit);
  return mirror;
}

/**
 * Fourier transform of every column of a raster whose rows lie in the plan's order, in place. Whole rows are combined, so
 * that memory is read in order, and in two steps at once, so that it is read half as often.
 *
 * @source Cooley and Tukey, Math. Comp. 19, 1965: radix 2, decimation in time.
 */
export function transformColumns(raster: ComplexRaster, plan: FourierPlan): void {
  const n = plan.length;
  const isOdd = Math.log2(n) % 2 === 1;
  if (isOdd) combinePairs(raster, n);
  for (let size = isOdd ? 8 : 4; size <= n; size *= 4) combineFours(raster, plan, size);
}

/** The first step: sums and differences of neighbouring rows. */
function combinePairs({ real, imaginary }: ComplexRaster, side: number): void {
  for (let start = 0; start < real.length; start += 2 * side) {
    const end = (start + side) | 0;
    for (let a = start | 0; a < end; a = (a + 1) | 0) {
      const b = (a + side) | 0;
      const aRe = real[a]!;
      const aIm = imaginary[a]!;
      const bRe = real[b]!;
      const bIm = imaginary[b]!;
      real[a] = aRe + bRe;
      imaginary[a] = aIm + bIm;
      real[b] = aRe - bRe;
      imaginary[b] = aIm - bIm;
    }
  }
}

/** The steps that lead to transforms of half this size and of this size. */
function combineFours(raster: ComplexRaster, { length: n, cos, sin }: FourierPlan, size: number): void {
  const quarter = size / 4;
  const turn = n / size;
  for (let k = 0; k < quarter; k++) {
    const [inner, first, second] = [2 * k * turn, k * turn, (k + quarter) * turn];
    const roots: FourRoots = {
      innerCos: cos[inner]!,
      innerSin: sin[inner]!,
      firstCos: cos[first]!,
      firstSin: sin[first]!,
      secondCos: cos[second]!,
      secondSin: sin[second]!,
    };
    for (let row = k; row < n; row += size)
      combineRows(raster, roots, { start: row * n, gap: quarter * n, side: n });
  }
}

/** Of unity: for the first of two steps, and for both halves of the second. */
interface FourRoots {
  readonly innerCos: number;
  readonly innerSin: number;
  readonly firstCos: number;
  readonly firstSin: number;
  readonly secondCos: number;
  readonly secondSin: number;
}

interface FourRows {
  /** Index of the first row's first value. */
  readonly start: number;
  /** From one row to the next, in values. */
  readonly gap: number;
  readonly side: number;
}

/** Each value is read once into a name: read again, it would be loaded again. */
function combineRows({ real, imaginary }: ComplexRaster, roots: FourRoots, rows: FourRows): void {
  const { innerCos, innerSin, firstCos, firstSin, secondCos, secondSin } = roots;
  const gap = rows.gap | 0;
  const end = (rows.start + rows.side) | 0;
  for (let a = rows.start | 0; a < end; a = (a + 1) | 0) {
    const b = (a + gap) | 0;
    const c = (b + gap) | 0;
    const d = (c + gap) | 0;
    const bRe = real[b]!;
    const bIm = imaginary[b]!;
    const dRe = real[d]!;
    const dIm = imaginary[d]!;
    const innerRe = bRe * innerCos - bIm * innerSin;
    const innerIm = bRe * innerSin + bIm * innerCos;
    const outerRe = dRe * innerCos - dIm * innerSin;
    const outerIm = dRe * innerSin + dIm * innerCos;
    const cRe = real[c]!;
    const cIm = imaginary[c]!;
    const evenRe = cRe + outerRe;
    const evenIm = cIm + outerIm;
    const oddRe = cRe - outerRe;
    const oddIm = cIm - outerIm;
    const firstRe = evenRe * firstCos - evenIm * firstSin;
    const firstIm = evenRe * firstSin + evenIm * firstCos;
    const secondRe = oddRe * secondCos - oddIm * secondSin;
    const secondIm = oddRe * secondSin + oddIm * secondCos;
    const aRe = real[a]!;
    const aIm = imaginary[a]!;
    const sumRe = aRe + innerRe;
    const sumIm = aIm + innerIm;
    const restRe = aRe - innerRe;
    const restIm = aIm - innerIm;
    real[a] = sumRe + firstRe;
    imaginary[a] = sumIm + firstIm;
    real[b] = restRe + secondRe;
    imaginary[b] = restIm + secondIm;
    real[c] = sumRe - firstRe;
    imaginary[c] = sumIm - firstIm;
    real[d] = restRe - secondRe;
    imaginary[d] = restIm - secondIm;
  }
}

/** Rows and columns of one raster exchanged in another, in the plan's order. */
export function transposeInOrder(
  from: Float64Array,
  to: Float64Array,
  { length: n, order }: FourierPlan,
): void {
  for (let x = 0; x < n; x++) {
    let o = (order[x]! * n) | 0;
    for (let i = x | 0; i < from.length; i = (i + n) | 0, o = (o + 1) | 0) to[o] = from[i]!;
  }
}
