import { logistic } from './logistic.ts';
import { MASK_BIAS, MASK_DIRECTION, MASK_STEP } from './mask-direction.data.ts';

const DIRECTION = new Int8Array(Buffer.from(MASK_DIRECTION, 'base64'));

/**
 * Probability of a mask over nose and mouth, for packs without a network for masks: how far a face's description points
 * the way that masks move it.
 *
 * Fitted to each half of 222 pictures, 105 with masks, and judged on the other: balanced accuracy 1.000 (n = 110) and
 * 0.983 (n = 112). Of every seventh picture of LFW View 1, 714 bare faces, the whole's fit takes 6 for masked.
 *
 * @param embedding 1024 numbers of any length.
 */
export function maskOfDescription(embedding: Float32Array): number {
  const length = Math.hypot(...embedding);
  const along = embedding.reduce((sum, value, i) => sum + value * DIRECTION[i]!, 0);
  const logOdds = length > 0 ? MASK_BIAS + (MASK_STEP * along) / length : MASK_BIAS;
  return logistic(logOdds, { midpoint: 0, width: 1 });
}
