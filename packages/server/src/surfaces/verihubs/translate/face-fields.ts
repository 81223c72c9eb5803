import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { Coverings } from '../../../domain/examination/coverings.ts';
import type { AttackFinding, Examined } from '../../../domain/examination/examination.ts';
import type { CaptureDefects } from '../../../domain/quality/capture-defects.ts';
import type { Attributes, FaceFields, ImageQuality, Liveness } from '../wire/answers.ts';

/** What an examined picture shows. */
export const faceFields = ({
  face,
  faceCount,
  capture,
  coverings,
  presentationAttack,
}: Omit<Examined, 'outcome' | 'picture' | 'failed'>): FaceFields => ({
  nface: faceCount,
  rotation: Math.round(face.roll),
  bounding_box: boundingBox(face),
  face_landmark: faceLandmark(face),
  ...(capture && { image_quality: imageQuality(capture) }),
  ...(coverings && { attributes: attributes(coverings) }),
  ...(presentationAttack && { liveness: liveness(presentationAttack) }),
});

function boundingBox({ box: { x, y, width, height } }: AnalysedFace): FaceFields['bounding_box'] {
  const [left, top, right, bottom] = [x, y, x + width, y + height].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  return {
    top_left_x: left,
    top_left_y: top,
    bottom_right_x: right,
    bottom_right_y: bottom,
    width: right - left,
    height: bottom - top,
  };
}

/** Names as of the public detectors that have just these five: left is where the viewer sees it. */
function faceLandmark({ landmarks: points }: AnalysedFace): FaceFields['face_landmark'] {
  return {
    left_eye_x: Math.round(points.subjectRightEye.x),
    left_eye_y: Math.round(points.subjectRightEye.y),
    right_eye_x: Math.round(points.subjectLeftEye.x),
    right_eye_y: Math.round(points.subjectLeftEye.y),
    nose_x: Math.round(points.noseTip.x),
    nose_y: Math.round(points.noseTip.y),
    mouth_left_x: Math.round(points.subjectRightMouthCorner.x),
    mouth_left_y: Math.round(points.subjectRightMouthCorner.y),
    mouth_right_x: Math.round(points.subjectLeftMouthCorner.x),
    mouth_right_y: Math.round(points.subjectLeftMouthCorner.y),
  };
}

const imageQuality = ({ blurred, dark, isGrey }: CaptureDefects): ImageQuality => ({
  blur: blurred?.isPresent ?? null,
  blur_score: rounded(blurred?.degree, 4),
  dark: dark?.isPresent ?? null,
  dark_score: rounded(dark?.degree, 4),
  grayscale: isGrey ?? null,
});

const attributes = ({ darkGlasses, mask, veil, hat }: Coverings): Attributes => ({
  sunglasses_on: darkGlasses ?? null,
  mask_on: mask ?? null,
  veil_on: veil ?? null,
  hat_on: hat ?? null,
});

const LIVENESS_STATUS = { 'bona-fide': true, attack: false, undetermined: null } as const;

const liveness = ({ outcome, attackProbability }: AttackFinding): Liveness => ({
  status: LIVENESS_STATUS[outcome],
  probability: rounded(attackProbability === undefined ? undefined : 100 * (1 - attackProbability), 2),
});

function rounded(value: number | undefined, decimals: number): number | null {
  return value === undefined ? null : Math.round(value * 10 ** decimals) / 10 ** decimals;
}
