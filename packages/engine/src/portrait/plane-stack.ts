import type { PlaneSize } from './box-mean.ts';

/** Several planes of one size, interleaved: the values of a pixel lie side by side. */
export interface PlaneStack extends PlaneSize {
  readonly depth: number;
  readonly values: Float32Array;
}

export function stackPlanes(planes: readonly Float32Array[], { width, height }: PlaneSize): PlaneStack {
  const depth = planes.length;
  const values = new Float32Array(depth * width * height);
  for (const [index, plane] of planes.entries()) {
    for (let i = 0; i < plane.length; i++) values[depth * i + index] = plane[i]!;
  }
  return { width, height, depth, values };
}

/**
 * Reads a stack as if it were enlarged to another size: bilinear, edges repeated.
 *
 * @param row   receives the row between the stack's rows, `depth · width` values of the stack's own width or more.
 * @param y     of the enlarged picture, px.
 */
export function blendRows(stack: PlaneStack, row: Float32Array, y: number, height: number): void {
  const length = stack.depth * stack.width;
  const place = position(y, height, stack.height);
  const above = place.index * length;
  const below = Math.min(place.index + 1, stack.height - 1) * length;
  for (let i = 0; i < length; i++) {
    const value = stack.values[above + i]!;
    row[i] = value + (stack.values[below + i]! - value) * place.share;
  }
}

/**
 * Between which values of a row the columns of the enlarged picture lie: `row[start]` and `row[start + depth]`, and how
 * far towards the second. The last column has none on its right: the row must be one pixel longer than the stack.
 */
export function blendColumns(
  width: number,
  stack: PlaneStack,
): { readonly starts: Int32Array; readonly shares: Float32Array } {
  const starts = new Int32Array(width);
  const shares = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const { index, share } = position(x, width, stack.width);
    starts[x] = stack.depth * index;
    shares[x] = share;
  }
  return { starts, shares };
}

/** Where pixel `at` of `count` lies among `stackCount`: after which, and how far towards the next. */
function position(
  at: number,
  count: number,
  stackCount: number,
): { readonly index: number; readonly share: number } {
  const exact = Math.min(Math.max(((at + 0.5) * stackCount) / count - 0.5, 0), stackCount - 1);
  const index = Math.floor(exact);
  return { index, share: exact - index };
}
