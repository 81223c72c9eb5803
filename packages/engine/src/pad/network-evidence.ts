import { boxCentre } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { type ChipSpec, warpToPlanes } from '../image/warp.ts';
import type { AuxiliaryNetworks } from '../pipeline/auxiliary.ts';
import { type Network, outputNamed } from '../runtime/network.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';
import { NEAR_CONTEXT, WIDE_CONTEXT, windowWithin } from './context-window.ts';
import { mirrorBeyond } from './mirror-beyond.ts';

export interface PadSubject {
  readonly image: RgbImage;
  /** As a detector draws it; see `detector-box.ts`. */
  readonly box: BoundingBox;
  readonly auxiliary: AuxiliaryNetworks;
}

const MINIFASNET_CHIP = { side: 80, colour: 'BGR', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
const BONA_FIDE_CLASS = 1;

const FACE_CONTEXT = 1.5;
const FACE_CHIP = { side: 128, colour: 'RGB', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** Probabilities closer to 0 or 1 are not told apart: float32 has rounded them. */
const PROBABILITY_MIN = 1e-4;
const LOG_ODDS_MAX = Math.log((1 - PROBABILITY_MIN) / PROBABILITY_MIN);

/**
 * Log-odds of an attack as the pack's networks see it, 9.2 either way at most: of MiniFASNet, the probabilities of whose
 * two variants are averaged as by its authors, and of the network that sees the face alone.
 *
 * @returns undefined when the pack lacks one of them.
 * @source  minivision-ai/Silent-Face-Anti-Spoofing; VietAnh954/face-antispoof-onnx.
 * @cost    three networks, each once.
 */
export async function networkLogOdds(subject: PadSubject): Promise<number[] | undefined> {
  const { auxiliary } = subject;
  const [near, wide, face] = await Promise.all([
    auxiliary.get('pad-near'),
    auxiliary.get('pad-wide'),
    auxiliary.get('pad-face'),
  ]);
  if (!near || !wide || !face) return undefined;
  const chips = contextChips(subject);
  const nearBonaFide = await bonaFideOf(chips.near, near);
  const wideBonaFide = await bonaFideOf(chips.wide, wide);
  return [-logit((nearBonaFide + wideBonaFide) / 2), await faceLogOdds(subject, face)];
}

/** What MiniFASNet's variants see: one chip for both where the picture ends before the nearer context does. */
function contextChips({ image, box }: PadSubject): {
  readonly near: Float32Array;
  readonly wide: Float32Array;
} {
  const { side } = MINIFASNET_CHIP;
  const chipOf = (window: BoundingBox) => warpToPlanes(image, stretchOf(window, side), MINIFASNET_CHIP);
  const nearWindow = windowWithin(image, box, NEAR_CONTEXT);
  const wideWindow = windowWithin(image, box, WIDE_CONTEXT);
  const near = chipOf(nearWindow);
  return { near, wide: isSameBox(nearWindow, wideWindow) ? near : chipOf(wideWindow) };
}

const isSameBox = (one: BoundingBox, other: BoundingBox): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;

/** MiniFASNet's probability of a bona fide presentation. */
async function bonaFideOf(data: Float32Array, network: Network): Promise<number> {
  const { side } = MINIFASNET_CHIP;
  const outputs = await network.run({ data, dims: [1, 3, side, side] });
  return outputNamed(outputs, 'probabilities')[BONA_FIDE_CLASS]!;
}

async function faceLogOdds({ image, box }: PadSubject, network: Network): Promise<number> {
  const { side } = FACE_CHIP;
  const centre = boxCentre(box);
  const reach = Math.max(box.width, box.height) * FACE_CONTEXT;
  const window = { x: centre.x - reach / 2, y: centre.y - reach / 2, width: reach, height: reach };
  const data = warpToPlanes(image, stretchOf(window, side), FACE_CHIP satisfies ChipSpec);
  mirrorBeyond(data, side, {
    left: (-window.x * side) / reach,
    top: (-window.y * side) / reach,
    right: ((image.width - window.x) * side) / reach,
    bottom: ((image.height - window.y) * side) / reach,
  });
  const [bonaFide = 0, attack = 0] = outputNamed(
    await network.run({ data, dims: [1, 3, side, side] }),
    'output',
  );
  return Math.min(LOG_ODDS_MAX, Math.max(-LOG_ODDS_MAX, attack - bonaFide));
}

/** From a square chip to an upright window. */
const stretchOf = ({ x, y, width, height }: BoundingBox, side: number) => ({
  a: width / side,
  b: 0,
  c: x,
  d: 0,
  e: height / side,
  f: y,
});

function logit(probability: number): number {
  const bounded = Math.min(1 - PROBABILITY_MIN, Math.max(PROBABILITY_MIN, probability));
  return Math.log(bounded / (1 - bounded));
}
