/** Where the picture ends within a chip, px of the chip, continuous. */
export interface PictureEdges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Fills what of a chip lies outside the picture with the picture mirrored at its edge; in place. */
export function mirrorBeyond(planes: Float32Array, side: number, edges: PictureEdges): void {
  const columns = Int32Array.from({ length: side }, (_, x) => mirrored(x, edges.left, edges.right, side));
  const rows = Int32Array.from({ length: side }, (_, y) => mirrored(y, edges.top, edges.bottom, side));
  const isInside = columns.every((from, x) => from === x) && rows.every((from, y) => from === y);
  if (isInside) return;
  const original = planes.slice();
  for (let plane = 0; plane < planes.length; plane += side * side) {
    for (let y = 0, o = plane; y < side; y++) {
      const row = plane + rows[y]! * side;
      for (let x = 0; x < side; x++, o++) planes[o] = original[row + columns[x]!]!;
    }
  }
}

/** The pixel that stands for one beyond an edge; a picture so small that the mirror image ends too gives its last pixel. */
function mirrored(pixel: number, low: number, high: number, side: number): number {
  const first = Math.min(side - 1, Math.max(0, Math.ceil(low)));
  const last = Math.max(first, Math.min(side - 1, Math.floor(high) - 1));
  if (pixel < first) return Math.min(last, 2 * first - pixel);
  return pixel > last ? Math.max(first, 2 * last - pixel) : pixel;
}
