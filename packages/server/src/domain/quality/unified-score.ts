import type { MeasuredQuality } from '@facegate/engine/vocabulary';
import { type AssessedComponent, assessComponents, type QualityComponent } from './assess-components.ts';

export type ComponentWeights = Readonly<Partial<Record<QualityComponent, number>>>;

/**
 * What each component counts for. Fitted by `training/unified-score` to the mated pairs of the training list of LFW View 1
 * with both packs, so that leaving out the worst pictures lowers the false non-match rate at a false match rate of 1e-3;
 * the starting point was what each component gained in the public report on the standard's reference implementation. A
 * component that lowered nothing does not count.
 */
const WEIGHTS: ComponentWeights = {
  'head-pose-yaw': 2,
  'head-pose-pitch': 4,
  'head-pose-roll': 4,
  sharpness: 4,
  'face-occlusion-prevention': 4,
  'eyes-open': 2,
  'eyes-visible': 2,
  'inter-eye-distance': 1,
  'mouth-occlusion-prevention': 1,
  'under-exposure-prevention': 0.5,
  'over-exposure-prevention': 0.5,
  'luminance-mean': 0.5,
  'dynamic-range': 1,
  'background-uniformity': 0.5,
  'compression-artifacts': 0.25,
};

/** Keeps one hopeless component from deciding alone. */
const QUALITY_FLOOR = 1;

/**
 * Weighted geometric mean of the components that could be assessed: one that is poor is not made up for by many that are
 * fair.
 *
 * @returns 0..100, whole; undefined when nothing that counts could be assessed.
 */
export function unifiedScore(
  components: readonly Pick<AssessedComponent, 'component' | 'quality'>[],
  weights = WEIGHTS,
): number | undefined {
  let logarithms = 0;
  let weighed = 0;
  for (const { component, quality } of components) {
    const weight = weights[component];
    if (weight === undefined || quality === undefined) continue;
    logarithms += weight * Math.log(Math.max(QUALITY_FLOOR, quality));
    weighed += weight;
  }
  return weighed === 0 ? undefined : Math.round(Math.exp(logarithms / weighed));
}

/** {@link unifiedScore} of what the engine measured. */
export const unifiedQuality = (measured: MeasuredQuality): number | undefined =>
  unifiedScore(assessComponents(measured));
