/** Mean of the square around every place of a square raster that goes on at its opposite edge. */
export function wrappedBoxMean(raster: Float32Array, side: number, reach: number): Float32Array {
  const wrapped = Uint16Array.from({ length: side + 2 * reach }, (_, i) => (i - reach + side) % side);
  const rows = sumAlongRows(raster, side, wrapped);
  return meanDownColumns(rows, side, wrapped);
}

/** @param wrapped the place at each distance from one reach before the first place on. */
function sumAlongRows(raster: Float32Array, side: number, wrapped: Uint16Array): Float32Array {
  const width = wrapped.length - side + 1;
  const sums = new Float32Array(raster.length);
  for (let start = 0; start < raster.length; start += side) {
    let sum = 0;
    for (let i = 0; i < width - 1; i++) sum += raster[start + wrapped[i]!]!;
    for (let place = 0; place < side; place++) {
      sum += raster[start + wrapped[place + width - 1]!]!;
      sums[start + place] = sum;
      sum -= raster[start + wrapped[place]!]!;
    }
  }
  return sums;
}

/** All columns at once, a row at a time, so that memory is read in order. */
function meanDownColumns(rows: Float32Array, side: number, wrapped: Uint16Array): Float32Array {
  const width = wrapped.length - side + 1;
  const means = new Float32Array(rows.length);
  const sums = new Float64Array(side);
  const addRow = (row: number): void => {
    for (let x = 0, i = row * side; x < side; x++, i++) sums[x]! += rows[i]!;
  };
  for (let i = 0; i < width - 1; i++) addRow(wrapped[i]!);
  for (let row = 0; row < side; row++) {
    addRow(wrapped[row + width - 1]!);
    const leaving = wrapped[row]! * side;
    for (let x = 0, o = row * side; x < side; x++, o++) {
      means[o] = sums[x]! / (width * width);
      sums[x]! -= rows[leaving + x]!;
    }
  }
  return means;
}
