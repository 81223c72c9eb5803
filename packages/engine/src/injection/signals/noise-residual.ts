import { type RegionBlocks, regionBlocks } from '../region-blocks.ts';
import { residualOf } from '../residual.ts';
import { coOccurrence, levelsOf } from './co-occurrence.ts';
import type { ReadSignal } from './signal.ts';

const SIDE = 8;
const BLOCKS_MIN = 20;

/** Where noise is read: the smoothest fifth of the blocks, and the middle one. */
const SHARES = [0.2, 0.5] as const;

/** Of 255: what rounding leaves. */
const FLOOR = 0.25;

/**
 * Noise of the face against its surroundings: ln of the ratio of the residuals' mean absolute values at two quantiles of
 * 8×8 blocks, and the differences of their correlation with the next pixel across, down, and two pixels across; and ln of the ratio
 * of the shares of patterns of three residuals. A face from
 * elsewhere brings the noise of another camera; one that was resampled or painted has less, and smoother.
 *
 * @source after Lukáš, Fridrich and Goljan, Detecting digital image forgeries using sensor pattern noise, SPIE 2006, by
 *         statistics in place of the camera's pattern, which is not known here.
 * @cost   about 3 ms.
 */
export const readNoiseResidual: ReadSignal = (window) => {
  const blocks = regionBlocks(window, { side: SIDE });
  if (blocks.face.length < BLOCKS_MIN || blocks.around.length < BLOCKS_MIN) return undefined;
  const { width } = window.image;
  const residual = residualOf(window.luminance, width);
  return [
    ...levelRatios(residual, blocks, width),
    ...correlationDifferences(residual, blocks, width),
    ...patternRatios(residual, blocks, width),
  ];
};

/** ln of the share of each pattern of three residuals, face ÷ surroundings. */
function patternRatios(residual: Float32Array, { face, around }: RegionBlocks, width: number): number[] {
  const levels = levelsOf(residual);
  const inFace = coOccurrence(levels, { corners: face, side: SIDE, width });
  const outside = coOccurrence(levels, { corners: around, side: SIDE, width });
  return inFace.map((share, i) => Math.log((RARE + share) / (RARE + outside[i]!)));
}

/** Below this share a pattern's frequency is chance. */
const RARE = 0.003;

/** ln of face ÷ surroundings at each of {@link SHARES}. */
export function levelRatios(residual: Float32Array, { face, around }: RegionBlocks, width: number): number[] {
  const inFace = sortedLevels(residual, face, width);
  const outside = sortedLevels(residual, around, width);
  return SHARES.map((share) => Math.log(quantile(inFace, share) / quantile(outside, share)));
}

const quantile = (sorted: Float64Array, share: number): number =>
  FLOOR + sorted[Math.floor(share * sorted.length)]!;

function sortedLevels(residual: Float32Array, blocks: readonly number[], width: number): Float64Array {
  return Float64Array.from(blocks, (corner) => {
    let sum = 0;
    for (let y = 0; y < SIDE; y++) {
      const from = corner + y * width;
      for (let i = from; i < from + SIDE; i++) sum += Math.abs(residual[i]!);
    }
    return sum / (SIDE * SIDE);
  }).sort();
}

function correlationDifferences(
  residual: Float32Array,
  { face, around }: RegionBlocks,
  width: number,
): number[] {
  return [1, width, 2].map(
    (step) => correlation(residual, face, { step, width }) - correlation(residual, around, { step, width }),
  );
}

/** With the pixel `step` further on, −1..1. */
function correlation(
  residual: Float32Array,
  blocks: readonly number[],
  { step, width }: { readonly step: number; readonly width: number },
): number {
  let product = 0;
  let square = 1e-6;
  for (const corner of blocks) {
    for (let y = 0; y < SIDE - 1; y++) {
      const from = corner + y * width;
      for (let i = from; i < from + SIDE - 2; i++) {
        product += residual[i]! * residual[i + step]!;
        square += residual[i]! * residual[i]!;
      }
    }
  }
  return product / square;
}
