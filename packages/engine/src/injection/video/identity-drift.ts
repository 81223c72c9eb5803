import { dotProduct } from '../../vocabulary/dot-product.ts';
import { medianOf } from './median-of.ts';

/**
 * How far a face wanders from being one person: 1 less the median cosine of the frames' templates with their mean. A swap
 * holds worse where the head turns.
 *
 * Not calibrated: a clip of a speaker who turns reads higher than most that were manipulated; see `training/injection/video`.
 * It depends on the pack, too.
 *
 * @param templates of unit length, of one pack.
 * @returns         0 where all are alike, up to 1 and beyond; undefined of fewer than three frames.
 */
export function identityDrift(templates: readonly Float32Array[]): number | undefined {
  if (templates.length < 3) return undefined;
  const sum = Float32Array.from(templates[0]!, (_, i) =>
    templates.reduce((total, template) => total + template[i]!, 0),
  );
  const length = Math.sqrt(dotProduct(sum, sum));
  if (length === 0) return undefined;
  const alike = medianOf(templates.map((template) => dotProduct(template, sum) / length));
  return alike === undefined ? undefined : Math.max(0, 1 - alike);
}
