import { clamp } from '../curves.ts';
import type { FaceWindow } from '../measure-context.ts';
import type { Measure } from './measure.ts';

/** Side of the blocks that are told apart, px. */
const BLOCK = 8;

/** Skin without features is found in at least this share of a face's blocks. */
const SMOOTH_SHARE = 0.3;

/** Standard deviation of noise, of 255, at which little of a face is left. */
const DROWNED = 16;

/**
 * Deviation of single pixels from their neighbourhood in the smoothest parts of the face, taken block by block so that
 * eyes, brows and beard do not count as noise. Masks that tell noise from edges better (Immerkær's) are blind to the noise
 * of a portrait that was enlarged, which is no longer white.
 */
export const noise: Measure = (context) => {
  const face = context.face();
  const deviation = face && noiseDeviation(face);
  return deviation === undefined ? undefined : clamp(deviation / DROWNED, 0, 1);
};

/** Of 255; undefined when no whole block lies on the face. */
function noiseDeviation(face: FaceWindow): number | undefined {
  const { width, height } = face.image;
  const deviations: number[] = [];
  for (let top = 1; top + BLOCK < height; top += BLOCK) {
    for (let left = 1; left + BLOCK < width; left += BLOCK) {
      const deviation = blockDeviation(face, left, top);
      if (deviation !== undefined) deviations.push(deviation);
    }
  }
  if (deviations.length === 0) return undefined;
  deviations.sort((a, b) => a - b);
  return deviations[Math.floor(deviations.length * SMOOTH_SHARE)];
}

/** Undefined where the block is not wholly on the face, or clipped so that noise cannot show. */
function blockDeviation(face: FaceWindow, left: number, top: number): number | undefined {
  const { width } = face.image;
  const { data } = face.region('face');
  const luminance = face.luminance();
  let sum = 0;
  let clipped = 0;
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left, i = y * width + left; x < left + BLOCK; x++, i++) {
      if (data[i] === 0) return undefined;
      sum += Math.abs(residualAt(luminance, i, width));
      if (luminance[i]! >= 250 || luminance[i]! <= 5) clipped++;
    }
  }
  if (clipped > (BLOCK * BLOCK) / 4) return undefined;
  // For a normal distribution the standard deviation is √(π/2) times the mean of the absolute values.
  return (Math.sqrt(Math.PI / 2) * sum) / (0.8 * BLOCK * BLOCK);
}

/** What a 3×3 binomial blur takes from a pixel: nothing of planes; 0.8 of the deviation of white noise. */
function residualAt(v: Uint8Array, i: number, width: number): number {
  const corners = v[i - width - 1]! + v[i - width + 1]! + v[i + width - 1]! + v[i + width + 1]!;
  const sides = v[i - 1]! + v[i + 1]! + v[i - width]! + v[i + width]!;
  return (12 * v[i]! - 2 * sides - corners) / 16;
}
