import type { AnalysedFace, BoundingBox, Point, Portrait } from '@facegate/engine/vocabulary';
import type { Face, WireBox, WirePoint } from '../wire/face.ts';
import type { PortraitPlan } from './portraits.ts';

/** One face in the vendor's words. Their left and right are the picture's, ours the subject's. */
export function faceToWire(face: AnalysedFace, plan: PortraitPlan): Face {
  const { subjectRightEye, subjectLeftEye, noseTip, subjectRightMouthCorner, subjectLeftMouthCorner } =
    face.landmarks;
  const points = [subjectRightEye, subjectLeftEye, noseTip, subjectRightMouthCorner, subjectLeftMouthCorner];
  const crop = portraitAt(face, plan.crop);
  const thumbnail = portraitAt(face, plan.thumbnail);
  return {
    landmarks: points.map(pointToWire),
    roi: boxToWire(face.box),
    rotationAngle: face.roll,
    ...(crop === undefined ? {} : { crop: base64(crop) }),
    ...(crop !== undefined && plan.originalRect ? { originalRect: boxToWire(crop.sourceBox) } : {}),
    ...(thumbnail === undefined ? {} : { thumbnail: base64(thumbnail) }),
  };
}

const portraitAt = (face: AnalysedFace, position: number | undefined): Portrait | undefined =>
  position === undefined ? undefined : face.portraits[position];

const pointToWire = ({ x, y }: Point): WirePoint => [Math.round(x), Math.round(y)];

const boxToWire = ({ x, y, width, height }: BoundingBox): WireBox => [
  Math.round(x),
  Math.round(y),
  Math.round(width),
  Math.round(height),
];

function base64({ jpeg }: Portrait): string {
  return Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
}
