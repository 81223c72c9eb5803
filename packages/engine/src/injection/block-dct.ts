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
  const block = new Float64Array(side * side);
  const half = new Float64Array(side * side);
  return (values, corner, width) => {
    for (let i = 0; i < block.length; i++) {
      const y = Math.floor(i / side);
      block[i] = values[corner + y * width + (i - y * side)]!;
    }
    // Each pass transforms the rows and turns the block over: two of them are the transform of both axes.
    projectRows(basis, { from: block, to: half, side });
    projectRows(basis, { from: half, to: block, side });
    return block;
  };
}

interface Pass {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly side: number;
}

function projectRows(basis: Float64Array, { from, to, side }: Pass): void {
  for (let u = 0, o = 0; u < side; u++) {
    for (let y = 0; y < side; y++, o++) {
      let sum = 0;
      for (let x = 0, b = u * side, i = y * side; x < side; x++, b++, i++) sum += basis[b]! * from[i]!;
      to[o] = sum;
    }
  }
}
