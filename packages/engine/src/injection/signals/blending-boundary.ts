import { residualOf } from '../residual.ts';
import type { ReadSignal } from './signal.ts';

/** Rings from here to there, in hundredths of the way to the outline. */
const FROM = 50;
const TO = 150;
const RINGS = 10;

/** Of 255: residuals above are features of the face, not texture. */
const RESIDUAL_MAX = 12;

/** Of 255: what rounding leaves. */
const FLOOR = 0.25;

/**
 * Detail on the way across the outline of the face: ln of the mean absolute residual in ten rings from half way to the
 * outline to half as far again, their mean taken off. A blended face loses detail where two pictures are averaged, and
 * changes it from one side to the other.
 *
 * @source after Li et al., Face X-ray for more general face forgery detection, CVPR 2020, which learns what the seam
 *         looks like.
 * @cost   about 1 ms.
 */
export const readBlendingBoundary: ReadSignal = ({ luminance, distance, image: { width } }) => {
  const residual = residualOf(luminance, width);
  const sums = new Float64Array(RINGS);
  const counts = new Float64Array(RINGS);
  for (let i = 0; i < residual.length; i++) {
    const ring = Math.floor(((distance[i]! - FROM) * RINGS) / (TO - FROM));
    if (ring < 0 || ring >= RINGS) continue;
    sums[ring]! += Math.min(RESIDUAL_MAX, Math.abs(residual[i]!));
    counts[ring]! += 1;
  }
  if (counts.some((count) => count < width)) return undefined;
  const levels = Array.from(sums, (sum, ring) => Math.log(FLOOR + sum / counts[ring]!));
  const mean = levels.reduce((sum, level) => sum + level, 0) / RINGS;
  return levels.map((level) => level - mean);
};
