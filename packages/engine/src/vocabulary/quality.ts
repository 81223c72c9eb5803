import type { Rgb } from './shapes.ts';

/**
 * What can be measured of the picture of one face. Left and right are the subject's. Shares and probabilities are 0..1;
 * a probability is of the thing named being so.
 */
export const QUALITY_MEASURES = [
  // The raster that is measured.
  /** px */
  'raster-width',
  /** px */
  'raster-height',
  /** Colour channels that differ: 3, or 1 for a grey picture. */
  'colour-channels',
  /** Share of the raster that lies outside the picture. */
  'padding',
  /** Probability that it is drawn, painted or rendered. */
  'artificial',

  // Where the head is, as shares of the raster's width and height.
  'eyes-x',
  'eyes-y',
  /** Between the outermost points of the head, ears left out. */
  'head-width',
  /** Chin to crown, hair included. */
  'head-height',
  /** Distance of the eye centres, px. */
  'inter-eye-distance',
  /** Degrees; positive when the subject looks towards its own left. */
  'yaw',
  /** Degrees; positive when the subject looks up. */
  'pitch',
  /** Degrees; as `AnalysedFace.roll`, of the picture: a portrait is levelled. */
  'roll',
  /** Share of the raster's height from chin to eyes (ISO/IEC 29794-5: T ÷ height). */
  'head-size',
  /** Distance from an eye to the side of the raster, in eye distances. The subject's left, right. */
  'leftward-crop',
  'rightward-crop',
  /** Distance from the eyes' midpoint to the top or bottom of the raster, in eye-to-chin distances. */
  'margin-above',
  'margin-below',

  // Of the pixels.
  /** 0 sharp, 1 blurred beyond use. */
  'blur',
  /** 0 clean, 1 drowned. */
  'noise',
  /** Share of detail lost to lossy compression. */
  'compression',
  /** Entropy of the face's luminance, bits, 0..8. */
  'dynamic-range',
  'luminance-mean',
  'luminance-variance',
  /** Shares of the face's pixels that are nearly black, nearly white. */
  'under-exposed',
  'over-exposed',
  /** 0 lit as it should be, 1 far too dark; far too light. */
  'too-dark',
  'too-light',
  /** Likeness of the two cheeks' luminance histograms, 0..1. */
  'illumination-uniformity',
  'glare',
  'face-shadow',
  /** Probability that the skin has a colour that skin does not have. */
  'unnatural-skin',
  /** Distance of the cheeks' CIELAB colour from that of skin; 0 within. */
  'skin-colour-distance',

  // Eyes.
  'right-eye-closed',
  'left-eye-closed',
  'right-eye-occluded',
  'left-eye-occluded',
  'right-eye-hair',
  'left-eye-hair',
  'red-eyes',
  'gaze-off',
  'contact-lenses',
  /** Smaller of the two gaps between the lids, in eye-to-chin distances. */
  'eye-opening',

  // Bearing and expression.
  /** 1 square to the camera. */
  'shoulders-square',
  /** 0 neutral. */
  'expression',
  'mouth-open',
  'smile',
  /** Gap between the lips, in eye-to-chin distances. */
  'mouth-opening',

  // What is worn or in the way.
  'dark-glasses',
  'glasses-reflection',
  /** 0 none, 10 very heavy. */
  'heavy-frames',
  'head-covering',
  'forehead-covering',
  'face-mask',
  'strong-makeup',
  'headphones',
  /** Share of the face that something hides. */
  'face-occlusion',

  // Behind the head.
  /** 1 uniform. */
  'background-uniformity',
  /** 1 without shadows. */
  'background-shadow-free',
  /** Faces beside this one. */
  'other-faces',
  /** Area of the largest other face ÷ this one's. */
  'other-face-area',
  /** 1: the colour that was asked for. */
  'background-match',
] as const;

export type QualityMeasure = (typeof QUALITY_MEASURES)[number];

export interface QualityRequest {
  readonly measures: readonly QualityMeasure[];
  /** `portrait`: the first portrait of the request, before it is compressed. `picture`: the whole picture. */
  readonly of: 'portrait' | 'picture';
  /** For `background-match`. */
  readonly backgroundColour?: Rgb;
}

/** A measure that could not be assessed is absent. */
export type MeasuredQuality = Readonly<Partial<Record<QualityMeasure, number>>>;
