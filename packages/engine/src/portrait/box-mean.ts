export interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Mean over the square of 2·radius + 1 pixels around each pixel, or as much of it as lies in the plane.
 *
 * @cost two passes of running sums, whatever the radius.
 */
export function boxMean(values: Float32Array, { width, height }: PlaneSize, radius: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++)
    meanAlong(values, rows, { start: y * width, step: 1, count: width, radius });
  const result = new Float32Array(values.length);
  for (let x = 0; x < width; x++) meanAlong(rows, result, { start: x, step: width, count: height, radius });
  return result;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly radius: number;
}

function meanAlong(from: Float32Array, to: Float32Array, { start, step, count, radius }: Line): void {
  let sum = 0;
  let size = 0;
  for (let i = 0; i < Math.min(radius, count); i++, size++) sum += from[start + i * step]!;
  for (let i = 0; i < count; i++) {
    if (i + radius < count) {
      sum += from[start + (i + radius) * step]!;
      size++;
    }
    if (i > radius) {
      sum -= from[start + (i - radius - 1) * step]!;
      size--;
    }
    to[start + i * step] = sum / size;
  }
}
