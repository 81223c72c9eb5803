/** Rows are frequencies, columns positions. */
function basisOf(side: number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => {
    const frequency = Math.floor(i / side);
    const gain = Math.sqrt((frequency === 0 ? 1 : 2) / side);
    return gain * Math.cos(((2 * (i % side) + 1) * frequency * Math.PI) / (2 * side));
  });
}

/**
 * Orthonormal cosine transforms (DCT-II) of square blocks, as JPEG has them.
 *
 * @returns a function that transforms the block at `corner` of a raster `width` wide; its result is overwritten by the
 *          next call. Row by row, vertical frequency first.
 * @cost    2·side³ multiplications a block.
 */
export function blockDct(
  side: number,
): (values: ArrayLike<number>, corner: number, width: number) => Float64Array {
  const basis = basisOf(side);
  const rows = new Float64Array(side * side);
  const result = new Float64Array(side * side);
  return (values, corner, width) => {
    for (let y = 0; y < side; y++) {
      for (let u = 0; u < side; u++)
        rows[y * side + u] = dot(basis, u * side, { values, at: corner + y * width, step: 1, side });
    }
    for (let v = 0; v < side; v++) {
      for (let u = 0; u < side; u++)
        result[v * side + u] = dot(basis, v * side, { values: rows, at: u, step: side, side });
    }
    return result;
  };
}

interface Line {
  readonly values: ArrayLike<number>;
  readonly at: number;
  readonly step: number;
  readonly side: number;
}

function dot(basis: Float64Array, from: number, { values, at, step, side }: Line): number {
  let sum = 0;
  for (let k = 0; k < side; k++) sum += basis[from + k]! * values[at + k * step]!;
  return sum;
}
