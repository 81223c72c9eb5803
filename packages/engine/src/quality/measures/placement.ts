import type { Measure } from './measure.ts';

export const eyesX: Measure = ({ subject, eyeMiddle }) => eyeMiddle.x / subject.raster.width;

export const eyesY: Measure = ({ subject, eyeMiddle }) => eyeMiddle.y / subject.raster.height;

export const interEyeDistance: Measure = ({ eyeDistance }) => eyeDistance;

/** @source ISO/IEC 29794-5 head size: T ÷ height. */
export const headSize: Measure = ({ subject, eyeToChin }) => eyeToChin && eyeToChin / subject.raster.height;

/** @source ISO/IEC 29794-5 leftward crop of the face image; left is the subject's. */
export const leftwardCrop: Measure = ({ subject, eyeDistance }) =>
  (subject.raster.width - subject.points.subjectLeftEye.x) / eyeDistance;

/** @source ISO/IEC 29794-5 rightward crop of the face image; right is the subject's. */
export const rightwardCrop: Measure = ({ subject, eyeDistance }) =>
  subject.points.subjectRightEye.x / eyeDistance;

/** @source ISO/IEC 29794-5 margin above the face. */
export const marginAbove: Measure = ({ eyeMiddle, eyeToChin }) => eyeToChin && eyeMiddle.y / eyeToChin;

/** @source ISO/IEC 29794-5 margin below the face. */
export const marginBelow: Measure = ({ subject, eyeMiddle, eyeToChin }) =>
  eyeToChin && (subject.raster.height - eyeMiddle.y) / eyeToChin;
