import type { DetectedFace } from '../detection/detector.ts';
import { boxCentre } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { eyeLineTilt, fivePointsOfMesh } from '../landmarks/five-points.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';
import type { Models } from './models.ts';

export interface LocatedFace {
  readonly detected: DetectedFace;
  readonly points: FivePoints;
  readonly mesh: readonly Point[];
  /** The mesh network's certainty that this is a face, 0..1. */
  readonly presence: number;
}

/** Fits the mesh to a detected face and reads the five points from it. */
export async function locateFace(
  image: RgbImage,
  detected: DetectedFace,
  models: Models,
): Promise<LocatedFace> {
  const { box, subjectRightEye, subjectLeftEye } = detected;
  const mesh = await models.mesh.fit(image, {
    centre: boxCentre(box),
    side: Math.max(box.width, box.height) * models.manifest.landmarks.boxScale,
    tiltRadians: eyeLineTilt(subjectRightEye, subjectLeftEye),
  });
  return { detected, points: fivePointsOfMesh(mesh.points), mesh: mesh.points, presence: mesh.presence };
}
