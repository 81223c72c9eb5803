import { type PadView, SURROUNDINGS_SIDE } from '../pad-view.ts';

/** Borders of nine zones, px of the raster: the middle one is the face's box and a little more. */
const BORDERS = [4, 44, 84, 124] as const;
const FACE_ZONE = 4;
/** Distances of the neighbours that are compared, px: fine detail, less fine and coarse. */
const REACHES = { fine: 1, middle: 2, coarse: 4 };
/** Levels; even a flat wall is not quite smooth, and this keeps it from counting as blurred. */
const FLOOR = 0.2;

/**
 * Whether the face is as sharp as what is around it: how much fine detail it has against coarse detail, less the mean,
 * the least and the most of the eight zones around it; then the same against middling detail. A print or a screen is in
 * focus as a whole, and what lies behind it is not.
 */
export function focus({ surroundings }: PadView): number[] {
  const { luminance } = surroundings();
  const detail = (reach: number): number[] => zones(luminance, reach);
  const [fine, middle, coarse] = [detail(REACHES.fine), detail(REACHES.middle), detail(REACHES.coarse)];
  return [coarse, middle].flatMap((other) => againstSurroundings(fine.map((value, k) => value - other[k]!)));
}

function againstSurroundings(sharpness: readonly number[]): number[] {
  const face = sharpness[FACE_ZONE]!;
  const around = sharpness.filter((_, zone) => zone !== FACE_ZONE);
  const mean = around.reduce((sum, value) => sum + value, 0) / around.length;
  return [face - mean, face - Math.min(...around), face - Math.max(...around)];
}

/** Logarithm of the mean second difference in each zone, the mean of both directions. */
function zones(plane: Float32Array, reach: number): number[] {
  return Array.from({ length: 9 }, (_, zone) => {
    const [column, row] = [zone % 3, Math.floor(zone / 3)];
    return (
      (curvature(plane, { column, row, reach }) +
        curvature(plane, { column, row, reach: reach * SURROUNDINGS_SIDE })) /
      2
    );
  });
}

interface Zone {
  readonly column: number;
  readonly row: number;
  /** Of the neighbours, in places of the raster. */
  readonly reach: number;
}

function curvature(plane: Float32Array, { column, row, reach }: Zone): number {
  const [left, right] = [BORDERS[column]!, BORDERS[column + 1]!];
  const [top, bottom] = [BORDERS[row]!, BORDERS[row + 1]!];
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    const end = y * SURROUNDINGS_SIDE + right;
    for (let i = y * SURROUNDINGS_SIDE + left; i < end; i++)
      sum += Math.abs(2 * plane[i]! - plane[i - reach]! - plane[i + reach]!);
  }
  return Math.log(FLOOR + sum / ((right - left) * (bottom - top)));
}
