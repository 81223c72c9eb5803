import { type Affine, apply, invert } from '../geometry/affine.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { QualitySubject } from '../quality/quality-subject.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import type { FivePoints, Point, Rgb } from '../vocabulary/shapes.ts';
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
  readonly signals: FaceSignals;
  readonly backgroundColour?: Rgb | undefined;
}

/** A face as the raster shows it, the other faces still unknown. @returns undefined when the raster has no extent in the picture. */
export function qualitySubjectIn(
  { raster, toImage }: Framed,
  { image, face, signals, backgroundColour }: Neighbourhood,
): QualitySubject | undefined {
  const fromImage = invert(toImage);
  if (!fromImage) return undefined;
  return {
    raster,
    toImage,
    image: { width: image.width, height: image.height },
    points: pointsThrough(fromImage, face.points),
    ...(face.mesh && { mesh: face.mesh.map((point) => apply(fromImage, point)) }),
    otherFaces: [],
    signals,
    ...(backgroundColour && { backgroundColour }),
  };
}

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
