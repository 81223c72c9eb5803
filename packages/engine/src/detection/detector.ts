import type { Frame } from '../image/letterbox.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { BoundingBox, FivePoints, Point } from '../vocabulary/shapes.ts';

/** A face as a detection network sees it, in the pixels of the square it was given. */
export interface DetectedFace {
  readonly box: BoundingBox;
  /** The network's own certainty, 0..1, uncalibrated. */
  readonly score: number;
  readonly subjectRightEye: Point;
  readonly subjectLeftEye: Point;
  /** The score alone is proof enough; set by the rung that found it. */
  readonly isCertain?: boolean;
  /** Where the network also places nose and mouth corners. */
  readonly points?: FivePoints;
}

/** One detection network. */
export interface Detector {
  /** How pictures are framed for it. */
  readonly frame: Pick<Frame, 'multiple'>;
  /**
   * @param square   letterbox of the picture, framed as `frame` says.
   * @param scoreMin 0..1
   * @returns descending score, overlaps suppressed, only faces scored at least `scoreMin`.
   */
  detect(square: RgbImage, scoreMin: number): Promise<DetectedFace[]>;
  release(): Promise<void>;
}
