/** Mean of the square around every place of a square raster that goes on at its opposite edge. */
export function wrappedBoxMean(raster: Float32Array, side: number, reach: number): Float32Array {
  const rows = sumAlong(raster, { side, reach, step: 1, stride: side });
  const sums = sumAlong(rows, { side, reach, step: side, stride: 1 });
  return sums.map((sum) => sum / (2 * reach + 1) ** 2);
}

interface Walk {
  readonly side: number;
  readonly reach: number;
  readonly step: number;
  readonly stride: number;
}

function sumAlong(raster: Float32Array, { side, reach, step, stride }: Walk): Float32Array {
  const sums = new Float32Array(raster.length);
  for (let line = 0; line < side; line++) {
    const start = line * stride;
    let sum = 0;
    for (let place = -reach; place < reach; place++) sum += raster[start + ((place + side) % side) * step]!;
    for (let place = 0; place < side; place++) {
      sum += raster[start + ((place + reach) % side) * step]!;
      sums[start + place * step] = sum;
      sum -= raster[start + ((place - reach + side) % side) * step]!;
    }
  }
  return sums;
}
