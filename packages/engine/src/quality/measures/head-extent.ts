import { type Affine, compose, invert } from '../../geometry/affine.ts';
import { boxAround } from '../../geometry/boxes.ts';
import type { PersonMatte } from '../../signals/face-signals.ts';
import type { MeasureContext } from '../measure-context.ts';
import { OUTLINES } from '../window/face-outline.ts';
import type { Measure } from './measure.ts';

/** The mesh ends in front of the ears, so its outline is the head without them. Wide hair is not seen. */
export const headWidth: Measure = ({ subject: { mesh, raster } }) =>
  mesh && boxAround(OUTLINES.face.map((index) => mesh[index]!)).width / raster.width;

/** In eye distances: the median from eyes to chin of 129 frontal meshes, the eyes being half-way up the head. */
const CROWN_ABOVE_EYES = 1.8;

/**
 * From the chin to the highest point of the person above the face. Without a matte the crown is taken to lie as far above
 * the eyes as the chin of an average adult lies below them; hair that stands higher is then not counted. A dropped jaw
 * lengthens the face but not the skull, so the eye distance tells.
 */
export const headHeight: Measure = async (context) => {
  const { subject, eyeToChin } = context;
  if (!eyeToChin) return undefined;
  const matte = await subject.signals.person();
  const aboveEyes = (matte && crownAboveEyes(context, matte)) ?? CROWN_ABOVE_EYES * context.eyeDistance;
  return (eyeToChin + aboveEyes) / subject.raster.height;
};

/** Opacity from which a pixel is the person's. */
const OPACITY_MIN = 0.5;

/** Half the width above the face in which the crown is looked for, in eye distances. */
const CROWN_REACH = 0.75;

/** Height of the person above the eyes, raster px; undefined when the matte says that there is nothing. */
function crownAboveEyes(context: MeasureContext, matte: PersonMatte): number | undefined {
  const { subject, eyeDistance, eyeMiddle } = context;
  const { subjectRightEye: right, subjectLeftEye: left } = subject.points;
  const fromImage = invert(subject.toImage);
  if (!fromImage) return undefined;
  const cos = (left.x - right.x) / eyeDistance;
  const sin = (left.y - right.y) / eyeDistance;
  const { x: column, y: row } = eyeMiddle;
  const fromEyes = {
    ...{ a: cos, b: sin, c: -cos * column - sin * row },
    ...{ d: sin, e: -cos, f: -sin * column + cos * row },
  };
  const toUpright = compose(fromEyes, compose(fromImage, matte.toImage));
  const highest = highestWithin(matte, toUpright, CROWN_REACH * eyeDistance);
  return highest > 0 ? highest : undefined;
}

/** Of the person's pixels that lie no farther aside than `reach` once upright; 0 at least. */
function highestWithin({ width, height, opacity }: PersonMatte, toUpright: Affine, reach: number): number {
  const { a, b, c, d, e, f } = toUpright;
  let highest = 0;
  for (let row = 0, i = 0; row < height; row++) {
    const y = row + 0.5;
    for (let column = 0; column < width; column++, i++) {
      if (opacity[i]! < OPACITY_MIN) continue;
      const x = column + 0.5;
      const up = d * x + e * y + f;
      if (up > highest && Math.abs(a * x + b * y + c) <= reach) highest = up;
    }
  }
  return highest;
}
