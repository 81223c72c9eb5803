import type { FivePoints, Point } from '../vocabulary/shapes.ts';

/** Where a face's features are, in image pixels. */
export interface FaceGeometry {
  readonly points: FivePoints;
  /** 468 points; absent where the face is covered so that they cannot be placed. */
  readonly mesh?: readonly Point[];
}
