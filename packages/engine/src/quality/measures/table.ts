import type { QualityMeasure } from '../../vocabulary/quality.ts';
import { backgroundMatch, backgroundUniformity } from './background.ts';
import { compression } from './compression.ts';
import { expression, mouthOpen, mouthOpening, smile } from './expression.ts';
import { eyeOccluded, eyeOpening, gazeOff, leftEyeClosed, redEyes, rightEyeClosed } from './eyes.ts';
import { headHeight, headWidth } from './head-extent.ts';
import { faceShadow, glare, illuminationUniformity } from './lighting.ts';
import type { Measure } from './measure.ts';
import { noise } from './noise.ts';
import { faceOcclusion, foreheadCovering } from './occlusion.ts';
import { otherFaceArea, otherFaces } from './other-faces.ts';
import {
  eyesX,
  eyesY,
  headSize,
  interEyeDistance,
  leftwardCrop,
  marginAbove,
  marginBelow,
  rightwardCrop,
} from './placement.ts';
import { pitch, roll, yaw } from './pose.ts';
import { colourChannels, padding, rasterHeight, rasterWidth } from './raster.ts';
import { blur } from './sharpness.ts';
import { skinColourDistance, unnaturalSkin } from './skin-colour.ts';
import {
  dynamicRange,
  luminanceMean,
  luminanceVariance,
  overExposed,
  tooDark,
  tooLight,
  underExposed,
} from './tones.ts';
import { darkGlasses, faceMask, glassesReflection, heavyFrames } from './worn.ts';

/** Nothing in the picture that we can read says it honestly. */
const unassessed: Measure = () => undefined;

/**
 * Every measure and how it is taken. Those without an honest signal: drawn faces, hair over an eye, contact lenses,
 * shoulders, hats, make-up, headphones and shadows behind the head.
 */
export const MEASURES: Readonly<Record<QualityMeasure, Measure>> = {
  'raster-width': rasterWidth,
  'raster-height': rasterHeight,
  'colour-channels': colourChannels,
  padding,
  artificial: unassessed,

  'eyes-x': eyesX,
  'eyes-y': eyesY,
  'head-width': headWidth,
  'head-height': headHeight,
  'inter-eye-distance': interEyeDistance,
  yaw,
  pitch,
  roll,
  'head-size': headSize,
  'leftward-crop': leftwardCrop,
  'rightward-crop': rightwardCrop,
  'margin-above': marginAbove,
  'margin-below': marginBelow,

  blur,
  noise,
  compression,
  'dynamic-range': dynamicRange,
  'luminance-mean': luminanceMean,
  'luminance-variance': luminanceVariance,
  'under-exposed': underExposed,
  'over-exposed': overExposed,
  'too-dark': tooDark,
  'too-light': tooLight,
  'illumination-uniformity': illuminationUniformity,
  glare,
  'face-shadow': faceShadow,
  'unnatural-skin': unnaturalSkin,
  'skin-colour-distance': skinColourDistance,

  'right-eye-closed': rightEyeClosed,
  'left-eye-closed': leftEyeClosed,
  'right-eye-occluded': eyeOccluded,
  'left-eye-occluded': eyeOccluded,
  'right-eye-hair': unassessed,
  'left-eye-hair': unassessed,
  'red-eyes': redEyes,
  'gaze-off': gazeOff,
  'contact-lenses': unassessed,
  'eye-opening': eyeOpening,

  'shoulders-square': unassessed,
  expression,
  'mouth-open': mouthOpen,
  smile,
  'mouth-opening': mouthOpening,

  'dark-glasses': darkGlasses,
  'glasses-reflection': glassesReflection,
  'heavy-frames': heavyFrames,
  'head-covering': unassessed,
  'forehead-covering': foreheadCovering,
  'face-mask': faceMask,
  'strong-makeup': unassessed,
  headphones: unassessed,
  'face-occlusion': faceOcclusion,

  'background-uniformity': backgroundUniformity,
  'background-shadow-free': unassessed,
  'other-faces': otherFaces,
  'other-face-area': otherFaceArea,
  'background-match': backgroundMatch,
};
