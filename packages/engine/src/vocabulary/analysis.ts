import type { FaceAttribute, FaceAttributes } from './attributes.ts';
import type { Injection, Provenance } from './injection.ts';
import type { PresentationAttack } from './presentation-attack.ts';
import type { MeasuredQuality, QualityRequest } from './quality.ts';
import type { BoundingBox, FivePoints, Point, Rgb } from './shapes.ts';
import type { Template } from './template.ts';
import type { Degrees } from './units.ts';

/** Width : height of a portrait crop. */
export type PortraitAspect = '3:4' | '4:5' | '2:3' | '1:1' | '7:9';

export interface PortraitSpec {
  readonly aspect: PortraitAspect;
  /** Output pixels, taken as they are whatever their ratio. Absent: as many as the face has in the picture. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Fills what lies outside the picture. */
  readonly padColour: Rgb;
  /** Put in the place of what is behind the person. */
  readonly backgroundColour?: Rgb;
}

/** A de-rotated head-and-shoulders crop. */
export interface Portrait {
  /** JPEG, sRGB, no metadata. */
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Upright box around the crop's four corners in the picture; may reach beyond it. */
  readonly sourceBox: BoundingBox;
}

/** A box that the picture is made to fit in, in proportion, never enlarged. */
export interface Resize {
  /** px. Minimum: 1. */
  readonly width: number;
  /** px. Minimum: 1. */
  readonly height: number;
  /** Of the JPEG, 1 to 100. */
  readonly quality: number;
}

/** What a caller wants of an image; nothing else is computed. */
export interface AnalysisRequest {
  /** `central`: the largest and most central face alone. */
  readonly faces: 'central' | 'all';
  readonly template?: boolean;
  /** 468 mesh points. They are computed anyway when a template is asked. */
  readonly mesh?: boolean;
  /** Portraits wanted of each face, in this order. */
  readonly portraits?: readonly PortraitSpec[];
  readonly quality?: QualityRequest;
  readonly attributes?: readonly FaceAttribute[];
  /** Whether the face was shown to the camera on paper or a screen. */
  readonly presentationAttack?: boolean;
  /** Whether the face was swapped, generated or edited, and what the file says of its origin. */
  readonly injection?: boolean;
  /** The picture is first resized and compressed anew; all that is computed is of the result. */
  readonly resize?: Resize;
}

export interface AnalysedFace {
  readonly box: BoundingBox;
  readonly landmarks: FivePoints;
  /** Tilt of the eye line: positive when the picture must be turned clockwise to make the face upright. −180..180. */
  readonly roll: Degrees;
  /** The detector's own certainty, 0..1, not calibrated; for ordering and display. */
  readonly detectionScore: number;
  readonly template?: Template;
  /** 468 points in image pixels, MediaPipe order. Absent also where a face is covered so that they cannot be placed. */
  readonly mesh?: readonly Point[];
  /** In the order of the request. */
  readonly portraits: readonly Portrait[];
  /** Present when asked. */
  readonly quality?: MeasuredQuality;
  /** Present when asked. */
  readonly attributes?: FaceAttributes;
  /** Present when asked. */
  readonly presentationAttack?: PresentationAttack;
  /** Present when asked. */
  readonly injection?: Injection;
}

export interface AnalysedImage {
  /** Pixels after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Of the bytes that came, told by their content: `image/jpeg`, `image/png`… */
  readonly mediaType: string;
  /** Of the bytes that came; present when `injection` was asked. */
  readonly provenance?: Provenance;
  /** JPEG; present when a resize was asked. */
  readonly resized?: Uint8Array;
  /** Empty when no face was found: an outcome, not an error. With `central` at most one. */
  readonly faces: readonly AnalysedFace[];
  /**
   * Milliseconds of each stage that ran, by name (`decode`, `provenance`, `detect`, `landmarks`, `template`, `portraits`,
   * `quality`, `attributes`, `presentation-attack`, `injection`).
   */
  readonly stageMs: Readonly<Record<string, number>>;
}

/** What is served: shown at start, in health answers and in the log. */
export interface PackSummary {
  /** `id@version`, as carried by every template. */
  readonly packId: string;
  readonly title: string;
  readonly templateDimension: number;
}
