import type { Affine } from '../geometry/affine.ts';
import type { PortraitAspect, PortraitSpec } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';

/** Where the face sits in a portrait. The midpoint of the eyes is always in the middle of the width. */
interface Framing {
  /** Width : height. */
  readonly ratio: readonly [width: number, height: number];
  /** Distance of the eyes as a share of the width. */
  readonly eyeDistance: number;
  /** Height of the eye line from the top, as a share of the height. */
  readonly eyeLine: number;
}

/**
 * 3:4, 7:9 and 1:1 were read off crops recorded from Regula's service. 2:3 is the 3:4 crop with its sides cut, so that
 * the face is as tall in both (0.308 · ¾ ÷ ⅔). 4:5 lies between 7:9 and 1:1, which share their eye line; its eye
 * distance is interpolated between theirs over width ÷ height.
 */
const FRAMINGS: Readonly<Record<PortraitAspect, Framing>> = {
  '3:4': { ratio: [3, 4], eyeDistance: 0.308, eyeLine: 0.452 },
  '4:5': { ratio: [4, 5], eyeDistance: 0.27, eyeLine: 0.427 },
  '2:3': { ratio: [2, 3], eyeDistance: 0.3465, eyeLine: 0.452 },
  '1:1': { ratio: [1, 1], eyeDistance: 0.188, eyeLine: 0.427 },
  '7:9': { ratio: [7, 9], eyeDistance: 0.279, eyeLine: 0.427 },
};

/** Longest side of a portrait, px. */
export const PORTRAIT_SIDE_MAX = 4096;

type Size = NonNullable<PortraitSpec['size']>;

export interface PortraitPlan {
  readonly width: number;
  readonly height: number;
  /** Portrait → image: a similarity that levels the eyes. */
  readonly toImage: Affine;
}

/**
 * Places a portrait on a face.
 *
 * A size is taken as it is: whether its ratio is near enough to the aspect's is the caller's to judge. The width sets the
 * face's scale, the height where the eye line lies. Without a size the face keeps its own scale, unless the portrait
 * would be larger than {@link PORTRAIT_SIDE_MAX}. Eyes less than a pixel apart count as a pixel apart and level, so that
 * every face has a portrait.
 *
 * @throws EngineError `invalid-request` for a size that is not whole, not positive or above the maximum.
 */
export function planPortrait({ aspect, size }: PortraitSpec, landmarks: FivePoints): PortraitPlan {
  const { ratio, eyeDistance, eyeLine } = FRAMINGS[aspect];
  const eyes = eyeAxis(landmarks);
  const naturalWidth = eyes.distance / eyeDistance;
  const { width, height } = size ? validSize(size) : naturalSize(naturalWidth, ratio);
  const scale = naturalWidth / width;
  const cos = scale * eyes.cos;
  const sin = scale * eyes.sin;
  const x = width / 2;
  const y = height * eyeLine;
  const toImage = {
    a: cos,
    b: -sin,
    c: eyes.middle.x - cos * x + sin * y,
    d: sin,
    e: cos,
    f: eyes.middle.y - sin * x - cos * y,
  };
  return { width, height, toImage };
}

function validSize(size: Size): Size {
  const isValid = (side: number) => Number.isInteger(side) && side >= 1 && side <= PORTRAIT_SIDE_MAX;
  if (!isValid(size.width) || !isValid(size.height)) {
    throw new EngineError('invalid-request', `A portrait of ${size.width}×${size.height} cannot be made.`);
  }
  return size;
}

function naturalSize(naturalWidth: number, [across, down]: Framing['ratio']): Size {
  const widthMax = PORTRAIT_SIDE_MAX * Math.min(1, across / down);
  const width = Math.min(naturalWidth, widthMax);
  return {
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round((width * down) / across)),
  };
}

/** The line through the eyes, in the direction that is rightwards in an upright face. */
function eyeAxis({ subjectRightEye, subjectLeftEye }: FivePoints) {
  const dx = subjectLeftEye.x - subjectRightEye.x;
  const dy = subjectLeftEye.y - subjectRightEye.y;
  const distance = Math.hypot(dx, dy);
  const middle = {
    x: (subjectLeftEye.x + subjectRightEye.x) / 2,
    y: (subjectLeftEye.y + subjectRightEye.y) / 2,
  };
  return distance < 1
    ? { middle, distance: 1, cos: 1, sin: 0 }
    : { middle, distance, cos: dx / distance, sin: dy / distance };
}
