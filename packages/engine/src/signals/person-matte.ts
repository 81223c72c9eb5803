import { type Affine, apply, compose, invert } from '../geometry/affine.ts';
import { mappedBox } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { warpToPlanes } from '../image/warp.ts';
import { eyeLineTilt } from '../landmarks/five-points.ts';
import { type Network, outputNamed } from '../runtime/network.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';
import type { PersonMatte } from './face-signals.ts';
import { keepConnected } from './keep-connected.ts';

/** Side of the network's input, px. */
const SIDE = 256;

/** Side of the window in eye distances of a frontal face: head and shoulders, and every kind of portrait. */
const EYE_DISTANCES = 6;

/** How far below the eyes the window's centre lies, in the same unit. */
const CENTRE_BELOW_EYES = 0.4;

/** From the eyes to the mouth in eye distances of a frontal face. A head turned aside keeps this length, not the other. */
const EYES_TO_MOUTH = 1.05;

/** Opacity from which a pixel belongs to what it touches. */
const TOUCHING_MIN = 0.1;

/**
 * Where the person of one face is, head and shoulders, in a raster of 256×256 that is as level as the eyes. It ends where
 * the picture does. Other people are background unless they touch the person.
 *
 * @param network  the pack's network for `segmentation`.
 * @returns        undefined when the face is so flat that it has no window, or the network does not see its person.
 * @source         MediaPipe selfie segmentation.
 * @cost           about 8 ms.
 */
export async function personMatte(
  image: RgbImage,
  points: FivePoints,
  network: Network,
): Promise<PersonMatte | undefined> {
  const toImage = windowInPicture(image, windowAround(points));
  const fromImage = toImage && invert(toImage);
  if (!fromImage) return undefined;
  const data = warpToPlanes(image, toImage, {
    side: SIDE,
    colour: 'RGB',
    scale: 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  });
  const outputs = await network.run({ data, dims: [1, 3, SIDE, SIDE] });
  const raster = { width: SIDE, height: SIDE, opacity: outputNamed(outputs, 'person') };
  const opacity = keepConnected(raster, apply(fromImage, points.noseTip), TOUCHING_MIN);
  return opacity && { ...raster, opacity, toImage };
}

/**
 * Stretches the part of a window that holds the picture to the whole raster, as the network knows it from pictures of any
 * shape. In the black around a picture it would see people.
 *
 * @returns undefined when the two have nothing in common.
 */
function windowInPicture(image: RgbImage, window: Affine): Affine | undefined {
  const fromImage = invert(window);
  if (!fromImage) return undefined;
  const picture = mappedBox(fromImage, image);
  const left = Math.max(picture.x, 0);
  const top = Math.max(picture.y, 0);
  const width = Math.min(picture.x + picture.width, SIDE) - left;
  const height = Math.min(picture.y + picture.height, SIDE) - top;
  if (width <= 0 || height <= 0) return undefined;
  return compose(window, { a: width / SIDE, b: 0, c: left, d: 0, e: height / SIDE, f: top });
}

/** Raster → image: a similarity that levels the eyes. */
function windowAround(points: FivePoints): Affine {
  const { subjectRightEye, subjectLeftEye, subjectRightMouthCorner, subjectLeftMouthCorner } = points;
  const eyes = middle(subjectRightEye, subjectLeftEye);
  const mouth = middle(subjectRightMouthCorner, subjectLeftMouthCorner);
  const eyeDistance = Math.max(
    Math.hypot(subjectLeftEye.x - subjectRightEye.x, subjectLeftEye.y - subjectRightEye.y),
    Math.hypot(mouth.x - eyes.x, mouth.y - eyes.y) / EYES_TO_MOUTH,
  );
  const tilt = eyeLineTilt(subjectRightEye, subjectLeftEye);
  const scale = (eyeDistance * EYE_DISTANCES) / SIDE;
  const cos = Math.cos(tilt) * scale;
  const sin = Math.sin(tilt) * scale;
  const across = SIDE / 2;
  const down = SIDE * (0.5 - CENTRE_BELOW_EYES / EYE_DISTANCES);
  return {
    a: cos,
    b: -sin,
    c: eyes.x - cos * across + sin * down,
    d: sin,
    e: cos,
    f: eyes.y - sin * across - cos * down,
  };
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
