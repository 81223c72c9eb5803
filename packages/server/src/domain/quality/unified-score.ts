import type { MeasuredQuality } from '@facegate/engine/vocabulary';
import { type AssessedComponent, assessComponents, type QualityComponent } from './assess-components.ts';

/**
 * What each component counts for: about by how many percentage points of a false non-match rate of 10 % leaving out the
 * worst tenth by it lowered that rate, in the reference implementation's public report. A component that lowered nothing
 * does not count.
 */
const WEIGHTS: Readonly<Partial<Record<QualityComponent, number>>> = {
  'head-pose-yaw': 4,
  'head-pose-pitch': 2,
  sharpness: 2,
  'compression-artifacts': 2,
  'face-occlusion-prevention': 2,
  'eyes-visible': 2,
  'eyes-open': 2,
  'inter-eye-distance': 2,
  'illumination-uniformity': 0.5,
  'under-exposure-prevention': 0.5,
  'over-exposure-prevention': 0.5,
  'luminance-mean': 0.5,
  'dynamic-range': 0.5,
  'natural-colour': 0.5,
  'mouth-closed': 0.5,
  'no-head-coverings': 0.5,
  'expression-neutrality': 0.5,
};

/** Keeps one hopeless component from deciding alone. */
const QUALITY_FLOOR = 1;

/**
 * Weighted geometric mean of the components that could be assessed: one that is poor is not made up for by many that are
 * fair.
 *
 * @returns 0..100, whole; undefined when nothing that counts could be assessed.
 */
export function unifiedScore(components: readonly AssessedComponent[]): number | undefined {
  let logarithms = 0;
  let weights = 0;
  for (const { component, quality } of components) {
    const weight = WEIGHTS[component];
    if (weight === undefined || quality === undefined) continue;
    logarithms += weight * Math.log(Math.max(QUALITY_FLOOR, quality));
    weights += weight;
  }
  return weights === 0 ? undefined : Math.round(Math.exp(logarithms / weights));
}

/** {@link unifiedScore} of what the engine measured. */
export const unifiedQuality = (measured: MeasuredQuality): number | undefined =>
  unifiedScore(assessComponents(measured));
