/**
 * Coordinates: origin top-left, x right, y down, in pixels of the EXIF-oriented image; the centre of the top-left
 * pixel is (0.5, 0.5).
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright box; `x`, `y` is its top-left corner. It may reach beyond the image. */
export interface BoundingBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Five points of a face. Left and right are the subject's: in an upright picture the right eye has the smaller x. */
export interface FivePoints {
  readonly subjectRightEye: Point;
  readonly subjectLeftEye: Point;
  readonly noseTip: Point;
  readonly subjectRightMouthCorner: Point;
  readonly subjectLeftMouthCorner: Point;
}

/** Red, green, blue, 0..255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];
