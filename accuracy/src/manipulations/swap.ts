import type { Point } from '@facegate/engine';
import { blended, similarityOf, tinted, warped } from './compose-rasters.ts';
import { drawnMask, type Manipulation } from './manipulation.ts';
import { centroid, softMask } from './soft-mask.ts';

/** Somebody else's face laid over the target's by eyes and mouth, tinted to match, its outline softened. */
export const swap: Manipulation = async (ingredients) => {
  const { target, donor } = ingredients;
  const toDonor = similarityOf(axisOf(target.mesh), axisOf(donor.mesh));
  const moved = warped(donor.raster, toDonor, target.raster);
  const mask = await softMask(target.mesh, drawnMask(ingredients));
  return blended(target.raster, tinted(moved, target.raster, mask), mask);
};

/** From between the eyes to between the lips. */
function axisOf(mesh: readonly Point[]): readonly [Point, Point] {
  const at = (...indices: number[]): Point => centroid(indices.flatMap((index) => mesh[index] ?? []));
  return [at(33, 133, 362, 263), at(13, 14, 61, 291)];
}
