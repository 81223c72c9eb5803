import { ramp } from '../curves.ts';
import type { FaceWindow } from '../measure-context.ts';
import { extentOf, type Mask } from '../window/polygon.ts';
import type { Measure } from './measure.ts';

/** Share of the face's pixels, those with the steepest slopes, that count as edges. */
const EDGE_SHARE = 0.1;

/** Spread of an edge as a share of the eye distance: of sharp photographs, and of faces that are smears. */
const SHARP = 0.032;
const SMEARED = 0.088;

/**
 * How wide the sharpest edges of the face are. Blurring a step edge of spread σ once more, by a known 1 px, lowers its
 * slope by √(σ² / (σ² + 1)); from the ratio of the slopes follows σ, whatever the contrast. On LFW View 1, where sharp faces
 * read 0.030 of the eye distance, faces blurred by 0.060 of it read 0.060.
 *
 * @source Zhuo and Sim, Defocus map estimation from a single image, Pattern Recognition 44, 2011.
 * @cost   about 1 ms.
 */
export const blur: Measure = (context) => {
  const face = context.face();
  const spread = face && edgeSpread(face);
  return spread && ramp(spread / face.eyeDistance, SHARP, SMEARED);
};

/** Fewer pixels of a face have no edges to speak of. */
const PIXELS_MIN = 100;

/** σ of the steepest edges, px of the window; undefined on a face without any. */
function edgeSpread(face: FaceWindow): number | undefined {
  const { width } = face.image;
  const sharp = new Float32Array(face.luminance());
  const blurred = binomial(binomial(sharp, 1), width);
  const slopes = slopesWithin(face.region('face'), blurred);
  const least = steepness(slopes);
  if (least === undefined) return undefined;
  let before = 0;
  let after = 0;
  for (let i = 0; i < slopes.length; i++) {
    if (slopes[i]! < least || !isRidge(blurred, slopes, i, width)) continue;
    before += slopeAt(sharp, i, width);
    after += slopes[i]!;
  }
  if (after === 0) return undefined;
  const ratio = Math.max(before / after, 1.0001);
  return 1 / Math.sqrt(ratio * ratio - 1);
}

/** Whether the slope is nowhere steeper just across the edge; beside the ridge of an edge the ratio says nothing. */
function isRidge(values: Float32Array, slopes: Float32Array, i: number, width: number): boolean {
  const x = Math.abs(values[i + 1]! - values[i - 1]!);
  const y = Math.abs(values[i + width]! - values[i - width]!);
  const across = x > y ? 1 : width;
  return slopes[i]! >= slopes[i - across]! && slopes[i]! >= slopes[i + across]!;
}

/** Slope at each pixel of a region, −1 elsewhere. */
function slopesWithin(region: Mask, values: Float32Array): Float32Array {
  const { data, width, height } = region;
  const { first, end } = extentOf(region);
  const slopes = new Float32Array(data.length).fill(-1);
  for (let i = Math.max(first, 2 * width + 2); i < Math.min(end, width * (height - 2) - 2); i++) {
    if (data[i] === 1) slopes[i] = slopeAt(values, i, width);
  }
  return slopes;
}

/** The slope that {@link EDGE_SHARE} of the pixels reach, to an eighth of a level; at least one level per px. */
function steepness(slopes: Float32Array): number | undefined {
  const counts = new Uint32Array(8 * 256);
  let total = 0;
  for (let i = 0; i < slopes.length; i++) {
    if (slopes[i]! < 0) continue;
    counts[(8 * slopes[i]!) | 0]!++;
    total++;
  }
  let steeper = 0;
  let bin = counts.length;
  while (bin > 0 && steeper < EDGE_SHARE * total) steeper += counts[--bin]!;
  return total < PIXELS_MIN || bin < 8 ? undefined : bin / 8;
}

function slopeAt(values: Float32Array, i: number, width: number): number {
  const x = values[i + 1]! - values[i - 1]!;
  const y = values[i + width]! - values[i - width]!;
  return Math.sqrt(x * x + y * y) / 2;
}

/** Along one axis with 1 4 6 4 1, a spread of 1 px; the ends are left as they are. */
function binomial(values: Float32Array, step: number): Float32Array {
  const result = values.slice();
  const near = step | 0;
  const far = (2 * step) | 0;
  const end = (values.length - far) | 0;
  for (let i = far; i < end; i = (i + 1) | 0) {
    const outer = values[(i - far) | 0]! + values[(i + far) | 0]!;
    const inner = values[(i - near) | 0]! + values[(i + near) | 0]!;
    result[i] = (outer + 4 * inner + 6 * values[i]!) / 16;
  }
  return result;
}
