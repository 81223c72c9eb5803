import type { Affine } from '../geometry/affine.ts';
import { eyeLineTilt } from '../landmarks/five-points.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';
import type { FaceSquare } from './face-view.ts';

/** From a chip of that many px a side to the square of the image that it shows. */
export function squareTransform({ centre, side, tiltRadians }: FaceSquare, chipSide: number): Affine {
  const scale = side / chipSide;
  const cos = Math.cos(tiltRadians) * scale;
  const sin = Math.sin(tiltRadians) * scale;
  const half = chipSide / 2;
  return {
    a: cos,
    b: -sin,
    c: centre.x - (cos - sin) * half,
    d: sin,
    e: cos,
    f: centre.y - (sin + cos) * half,
  };
}

/**
 * An upright square about the middle of eyes and mouth, for networks that were trained on boxes of faces.
 *
 * @param reach side as a multiple of the distance between the eyes, or from eyes to mouth where that is longer, as in
 *   a face turned aside.
 */
export function squareOfPoints(points: FivePoints, reach: number): FaceSquare {
  const { subjectRightEye, subjectLeftEye } = points;
  const eyes = middle(subjectRightEye, subjectLeftEye);
  const mouth = middle(points.subjectRightMouthCorner, points.subjectLeftMouthCorner);
  const unit = Math.max(distance(subjectRightEye, subjectLeftEye), distance(eyes, mouth));
  return {
    centre: middle(eyes, mouth),
    side: reach * unit,
    tiltRadians: eyeLineTilt(subjectRightEye, subjectLeftEye),
  };
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
