import { apply } from '../../geometry/affine.ts';
import { eyeLineTilt } from '../../landmarks/five-points.ts';
import { headPose } from '../pose/head-pose.ts';
import type { Measure } from './measure.ts';

export const yaw: Measure = ({ subject: { mesh, points } }) => mesh && headPose(mesh, points)?.yaw;

export const pitch: Measure = ({ subject: { mesh, points } }) => mesh && headPose(mesh, points)?.pitch;

/** Of the picture: a portrait is levelled, and says nothing of how the head was held. */
export const roll: Measure = ({ subject: { points, toImage } }) => {
  const [right, left] = [points.subjectRightEye, points.subjectLeftEye].map((eye) => apply(toImage, eye));
  return right && left && (-eyeLineTilt(right, left) * 180) / Math.PI;
};
