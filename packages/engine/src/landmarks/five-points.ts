import type { FivePoints, Point } from '../vocabulary/shapes.ts';

/**
 * Five points from the 468-point mesh. An eye is the mean of its corners and lid middles, which moves less with gaze
 * and blinking than a pupil does.
 *
 * @source  MediaPipe mesh topology.
 */
export function fivePointsOfMesh(mesh: readonly Point[]): FivePoints {
  const mean = (...indices: number[]): Point => {
    const points = indices.map((index) => mesh[index]!);
    return {
      x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
      y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
    };
  };
  return {
    subjectRightEye: mean(33, 133, 159, 145),
    subjectLeftEye: mean(362, 263, 386, 374),
    noseTip: mean(4),
    subjectRightMouthCorner: mean(61),
    subjectLeftMouthCorner: mean(291),
  };
}

/** The canonical order wherever five points become a list. */
export const pointList = (points: FivePoints): Point[] => [
  points.subjectRightEye,
  points.subjectLeftEye,
  points.noseTip,
  points.subjectRightMouthCorner,
  points.subjectLeftMouthCorner,
];

/** Clockwise tilt of the eye line on screen, radians, −π..π. */
export const eyeLineTilt = (rightEye: Point, leftEye: Point): number =>
  Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
