import { apply, similarityFrom } from '../../geometry/affine.ts';
import type { Point } from '../../vocabulary/shapes.ts';
import { medianOf } from './median-of.ts';

/**
 * How much a face's points tremble from frame to frame, the head's own movement taken off: of three frames in a row the
 * outer two are laid over the middle one by the closest similarity; what is left of the second difference of every point,
 * root mean square over the points, ÷ the spread of the points; the median over the video. A face made frame by frame
 * trembles, one that only moves and speaks smoothly does not.
 *
 * Not calibrated: a clip of a speaker who turns reads higher than most that were manipulated; see `training/injection/video`.
 *
 * @param meshes of frames at even intervals, as many points in each.
 * @returns      0 or more, dimensionless; undefined of fewer than three frames.
 */
export function landmarkJitter(meshes: readonly (readonly Point[])[]): number | undefined {
  return medianOf(
    meshes.slice(2).flatMap((next, index) => trembling(meshes[index]!, meshes[index + 1]!, next) ?? []),
  );
}

function trembling(
  before: readonly Point[],
  here: readonly Point[],
  next: readonly Point[],
): number | undefined {
  const fromBefore = similarityFrom(before, here);
  const fromNext = similarityFrom(next, here);
  if (!fromBefore || !fromNext) return undefined;
  const left = here.map((point, i) => {
    const [a, b] = [apply(fromBefore, before[i]!), apply(fromNext, next[i]!)];
    return (a.x + b.x - 2 * point.x) ** 2 + (a.y + b.y - 2 * point.y) ** 2;
  });
  return Math.sqrt(mean(left)) / spreadOf(here);
}

/** Root mean square distance from the centroid. */
function spreadOf(points: readonly Point[]): number {
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  return Math.sqrt(mean(points.map(({ x, y }) => (x - middle.x) ** 2 + (y - middle.y) ** 2)));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
