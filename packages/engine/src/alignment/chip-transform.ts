import { type Affine, invert, similarityFrom } from '../geometry/affine.ts';
import { pointList } from '../landmarks/five-points.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import { CHIP_LAYOUTS } from './chip-layouts.ts';

export interface ChipSpec {
  readonly layout: keyof typeof CHIP_LAYOUTS;
  /** Below 1 the chip shows more around the face. */
  readonly zoom: number;
  /** Side of the chip, px. */
  readonly side: number;
}

/**
 * Least-squares similarity (rotation, one scale, translation; no shear, no mirror) between a face and its chip.
 *
 * @returns the map from chip pixels to image pixels, or undefined when the points coincide and no such map exists.
 * @source  Umeyama, PAMI 1991.
 */
export function chipTransform(points: FivePoints, { layout, zoom, side }: ChipSpec): Affine | undefined {
  const destinations = CHIP_LAYOUTS[layout].map(({ x, y }) => ({
    x: (0.5 + (x - 0.5) * zoom) * side,
    y: (0.5 + (y - 0.5) * zoom) * side,
  }));
  const toChip = similarityFrom(pointList(points), destinations);
  return toChip && invert(toChip);
}
