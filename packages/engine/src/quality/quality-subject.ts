import type { Affine } from '../geometry/affine.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import type { BoundingBox, FivePoints, Point, Rgb } from '../vocabulary/shapes.ts';

/** One face in the raster that is measured: a portrait or the whole picture. Coordinates are the raster's. */
export interface QualitySubject {
  readonly raster: RgbImage;
  readonly points: FivePoints;
  /** 468 points; absent where the face is covered so that they cannot be placed. */
  readonly mesh?: readonly Point[];
  /** Boxes of the other faces in the raster. */
  readonly otherFaces: readonly BoundingBox[];
  /** Raster → image. */
  readonly toImage: Affine;
  /** Of the picture, px. */
  readonly image: { readonly width: number; readonly height: number };
  /** In image coordinates. */
  readonly signals: FaceSignals;
  /** For `background-match`. */
  readonly backgroundColour?: Rgb;
}
