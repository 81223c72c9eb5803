import { medianOf } from './median-of.ts';

/**
 * How much the detail across the outline of a face changes from frame to frame: mean absolute distance of the rings of
 * `readBlendingBoundary` from half way between those of the frames before and behind, so that steady change does not count;
 * the median over the video. A face that is blended anew in each frame flickers there.
 *
 * Not calibrated: a clip of a speaker who turns reads higher than most that were manipulated; see `training/injection/video`.
 *
 * @param readings of frames at even intervals, as many rings in each.
 * @returns        0 or more, in ln of detail; undefined of fewer than three frames.
 */
export function boundaryFlicker(readings: readonly (readonly number[])[]): number | undefined {
  return medianOf(
    readings.slice(2).map((next, index) => {
      const [before, here] = [readings[index]!, readings[index + 1]!];
      const left = here.map((value, ring) => Math.abs(value - (before[ring]! + next[ring]!) / 2));
      return left.reduce((sum, value) => sum + value, 0) / left.length;
    }),
  );
}
