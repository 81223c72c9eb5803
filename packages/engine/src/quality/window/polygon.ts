import type { Point } from '../../vocabulary/shapes.ts';

/** What of a raster belongs to a region: 1 inside, 0 outside, row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** Where to look for what belongs to a mask: places from the first one to before the end, none when it is empty. */
export const extentOf = ({ data }: Mask): { readonly first: number; readonly end: number } => ({
  first: Math.max(0, data.indexOf(1)),
  end: data.lastIndexOf(1) + 1,
});

/** Pixels that belong to a mask. */
export function countOf({ data }: Mask): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) count = (count + data[i]!) | 0;
  return count;
}

/** Sets what lies inside a closed polygon (even–odd rule, told at pixel centres). */
export function fillPolygon(mask: Mask, polygon: readonly Point[], value: 0 | 1 = 1): Mask {
  eachSpan(mask, polygon, (from, to) => mask.data.fill(value, from, to));
  return mask;
}

/** Adds what of another mask of the same size lies inside a closed polygon. */
export function copyPolygon(mask: Mask, polygon: readonly Point[], source: Mask): Mask {
  eachSpan(mask, polygon, (from, to) => mask.data.set(source.data.subarray(from, to), from));
  return mask;
}

/** Tells the places of each row that lie inside a polygon. */
function eachSpan(
  { width, height }: Mask,
  polygon: readonly Point[],
  tell: (from: number, to: number) => void,
): void {
  const ys = polygon.map((point) => point.y);
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y++) {
    const crossings = crossingsAt(polygon, y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (to > from) tell(y * width + from, y * width + to);
    }
  }
}

/** A polygon in place of an ellipse. */
export function ellipse(centre: Point, radiusX: number, radiusY: number): Point[] {
  const corners = 32;
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return { x: centre.x + radiusX * Math.cos(angle), y: centre.y + radiusY * Math.sin(angle) };
  });
}

function crossingsAt(polygon: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  let from = polygon.at(-1)!;
  for (const to of polygon) {
    if (from.y <= y !== to.y <= y)
      crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
    from = to;
  }
  return crossings.sort((a, b) => a - b);
}
