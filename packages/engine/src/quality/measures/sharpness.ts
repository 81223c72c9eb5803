import { ramp } from '../curves.ts';
import type { FaceWindow } from '../measure-context.ts';
import type { Measure } from './measure.ts';

/** Share of the face's pixels, those with the steepest slopes, that count as edges. */
const EDGE_SHARE = 0.1;

/** Spread of an edge as a share of the eye distance: of sharp photographs, and of faces that are smears. */
const SHARP = 0.02;
const SMEARED = 0.06;

/**
 * How wide the sharpest edges of the face are. Blurring a step edge of spread σ once more, by a known 1 px, lowers its
 * slope by √(σ² / (σ² + 1)); from the ratio of the slopes follows σ, whatever the contrast.
 *
 * @source Zhuo and Sim, Defocus map estimation from a single image, Pattern Recognition 44, 2011.
 * @cost   about 1 ms.
 */
export const blur: Measure = (context) => {
  const face = context.face();
  const spread = face && edgeSpread(face);
  return spread && ramp(spread / face.eyeDistance, SHARP, SMEARED);
};

/** σ of the steepest edges, px of the window; undefined on a face without any. */
export function edgeSpread(face: FaceWindow): number | undefined {
  const { width, height } = face.image;
  const sharp = Float32Array.from(face.luminance());
  const blurred = binomial(binomial(sharp, 1), width);
  const { data } = face.region('face');
  const slopes: number[] = [];
  const places: number[] = [];
  for (let i = 2 * width + 2; i < width * (height - 2) - 2; i++) {
    if (data[i] === 0) continue;
    slopes.push(slopeAt(blurred, i, width));
    places.push(i);
  }
  if (slopes.length < 100) return undefined;
  const least = Float32Array.from(slopes).sort()[Math.floor(slopes.length * (1 - EDGE_SHARE))]!;
  let before = 0;
  let after = 0;
  for (let k = 0; k < slopes.length; k++) {
    if (slopes[k]! < least) continue;
    before += slopeAt(sharp, places[k]!, width);
    after += slopes[k]!;
  }
  if (after < slopes.length * EDGE_SHARE) return undefined;
  const ratio = Math.max(before / after, 1.0001);
  return 1 / Math.sqrt(ratio * ratio - 1);
}

function slopeAt(values: Float32Array, i: number, width: number): number {
  return Math.hypot(values[i + 1]! - values[i - 1]!, values[i + width]! - values[i - width]!) / 2;
}

/** Along one axis with 1 4 6 4 1, a spread of 1 px; the ends are left as they are. */
function binomial(values: Float32Array, step: number): Float32Array {
  const result = values.slice();
  for (let i = 2 * step; i < values.length - 2 * step; i++) {
    const outer = values[i - 2 * step]! + values[i + 2 * step]!;
    const inner = values[i - step]! + values[i + step]!;
    result[i] = (outer + 4 * inner + 6 * values[i]!) / 16;
  }
  return result;
}
