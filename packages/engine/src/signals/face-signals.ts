import type { Affine } from '../geometry/affine.ts';
import type { Point } from '../vocabulary/shapes.ts';

/**
 * What networks say about one face, for measures and attributes alike. Each is computed when first asked for, once.
 * Undefined: the pack has no network for it, or the face lies so that it cannot say anything.
 */
export interface FaceSignals {
  eyes(): Promise<EyeSignals | undefined>;
  glasses(): Promise<GlassesSignal | undefined>;
  /** Probability of a mask over nose and mouth. */
  faceMask(): Promise<number | undefined>;
  expression(): Promise<ExpressionSignal | undefined>;
  /** Years. */
  age(): Promise<number | undefined>;
  person(): Promise<PersonMatte | undefined>;
}

export interface EyeSignals {
  readonly right: EyeSignal;
  readonly left: EyeSignal;
}

/** Of the subject's own right or left eye. Points in image pixels. */
export interface EyeSignal {
  /** Probability that the lids are closed. */
  readonly closed: number;
  /** Widest gap between the lids ÷ width of the eye. */
  readonly openness: number;
  readonly irisCentre: Point;
  readonly irisRadius: number;
  /**
   * Where the iris stands between the corners and the lids: −1..1 each, 0 straight ahead; x towards the subject's left,
   * y up. It says nothing where the lids are closed.
   */
  readonly gaze: Point;
}

/** Probabilities that add up to 1. */
export interface GlassesSignal {
  readonly none: number;
  readonly clear: number;
  readonly dark: number;
}

/** Probabilities that add up to 1. */
export interface ExpressionSignal {
  readonly neutral: number;
  readonly happy: number;
  readonly other: number;
}

/** Where the person is: a small raster of opacity with its place in the picture. */
export interface PersonMatte {
  readonly width: number;
  readonly height: number;
  /** 0 background to 1 person, row by row. */
  readonly opacity: Float32Array;
  /** Raster → image. */
  readonly toImage: Affine;
}
