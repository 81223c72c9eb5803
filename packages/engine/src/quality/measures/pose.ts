import { eyeLineTilt } from '../../landmarks/five-points.ts';
import { headPose } from '../pose/head-pose.ts';
import type { Measure } from './measure.ts';

export const yaw: Measure = ({ subject: { mesh, points } }) => mesh && headPose(mesh, points)?.yaw;

export const pitch: Measure = ({ subject: { mesh, points } }) => mesh && headPose(mesh, points)?.pitch;

export const roll: Measure = ({ subject: { points } }) =>
  (-eyeLineTilt(points.subjectRightEye, points.subjectLeftEye) * 180) / Math.PI;
