import { type Affine, apply, compose, invert } from '../geometry/affine.ts';
import { intersectionArea, mappedBox } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { QualitySubject } from '../quality/quality-subject.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import type { BoundingBox, FivePoints, Point, Rgb } from '../vocabulary/shapes.ts';
import type { LocatedFace } from './locate-face.ts';

/** The raster that is measured, and how it lies in the picture. */
export interface Framed {
  readonly raster: RgbImage;
  /** Raster → image. */
  readonly toImage: Affine;
}

export interface Neighbourhood {
  readonly image: RgbImage;
  readonly face: Pick<LocatedFace, 'points' | 'mesh'>;
  /** The other faces of the picture, in image coordinates. */
  readonly others: readonly { readonly box: BoundingBox }[];
  readonly signals: FaceSignals;
  readonly backgroundColour?: Rgb | undefined;
}

/** A face as the raster shows it. @returns undefined when the raster has no extent in the picture. */
export function qualitySubjectIn(
  { raster, toImage }: Framed,
  { image, face, others, signals, backgroundColour }: Neighbourhood,
): QualitySubject | undefined {
  const fromImage = invert(toImage);
  if (!fromImage) return undefined;
  const whole = { x: 0, y: 0, width: raster.width, height: raster.height };
  const boxes = others.map(({ box }) => boxThrough(fromImage, box));
  return {
    raster,
    toImage,
    image: { width: image.width, height: image.height },
    points: pointsThrough(fromImage, face.points),
    ...(face.mesh && { mesh: face.mesh.map((point) => apply(fromImage, point)) }),
    otherFaces: boxes.filter((box) => intersectionArea(box, whole) > 0),
    signals,
    ...(backgroundColour && { backgroundColour }),
  };
}

const boxThrough = (map: Affine, box: BoundingBox): BoundingBox =>
  mappedBox(compose(map, { a: 1, b: 0, c: box.x, d: 0, e: 1, f: box.y }), box);

function pointsThrough(map: Affine, points: FivePoints): FivePoints {
  const through = (point: Point): Point => apply(map, point);
  return {
    subjectRightEye: through(points.subjectRightEye),
    subjectLeftEye: through(points.subjectLeftEye),
    noseTip: through(points.noseTip),
    subjectRightMouthCorner: through(points.subjectRightMouthCorner),
    subjectLeftMouthCorner: through(points.subjectLeftMouthCorner),
  };
}
