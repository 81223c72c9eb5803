/** Which means are wanted of a square raster. */
interface BoxMeanSpec {
  /** px */
  readonly side: number;
  /** From the middle of a box to its edge. */
  readonly reach: number;
  /** So many rows from the first on. */
  readonly rows: number;
}

/** Mean of the square around every place of the first rows of a square raster that goes on at its opposite edge. */
export function wrappedBoxMean(raster: Float32Array, spec: BoxMeanSpec): Float32Array {
  const { side, reach } = spec;
  const wrapped = Uint16Array.from({ length: side + 2 * reach }, (_, i) => (i - reach + side) % side);
  return meanDownColumns(sumAlongRows(raster, spec, wrapped), spec, wrapped);
}

/** @param wrapped the place at each distance from one reach before the first place on. */
function sumAlongRows(
  raster: Float32Array,
  { side, reach, rows }: BoxMeanSpec,
  wrapped: Uint16Array,
): Float32Array {
  const width = 2 * reach;
  const sums = new Float32Array(raster.length);
  for (let i = 0; i < rows + width; i++) {
    const start = (wrapped[i]! * side) | 0;
    let sum = 0;
    for (let k = 0; k < width; k++) sum += raster[start + wrapped[k]!]!;
    for (let place = 0; place < side; place = (place + 1) | 0) {
      sum += raster[start + wrapped[place + width]!]!;
      sums[start + place] = sum;
      sum -= raster[start + wrapped[place]!]!;
    }
  }
  return sums;
}

/** All columns at once, a row at a time, so that memory is read in order. */
function meanDownColumns(
  sums: Float32Array,
  { side, reach, rows }: BoxMeanSpec,
  wrapped: Uint16Array,
): Float32Array {
  const width = 2 * reach;
  const area = (width + 1) ** 2;
  const means = new Float32Array(rows * side);
  const columns = new Float64Array(side);
  for (let i = 0; i < width; i++) addRow(columns, sums, wrapped[i]!);
  for (let row = 0; row < rows; row++) {
    const entering = (wrapped[row + width]! * side) | 0;
    const leaving = (wrapped[row]! * side) | 0;
    const start = (row * side) | 0;
    for (let x = 0; x < side; x = (x + 1) | 0) {
      const sum = columns[x]! + sums[entering + x]!;
      means[start + x] = sum / area;
      columns[x] = sum - sums[leaving + x]!;
    }
  }
  return means;
}

function addRow(columns: Float64Array, sums: Float32Array, row: number): void {
  const start = row * columns.length;
  for (let x = 0; x < columns.length; x++) columns[x] = columns[x]! + sums[start + x]!;
}
