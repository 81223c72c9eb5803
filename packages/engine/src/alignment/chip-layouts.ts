import type { Point } from '../vocabulary/shapes.ts';

/** Where the five points lie in a recogniser's chip, in fractions of its side. */
export type ChipLayout = readonly [Point, Point, Point, Point, Point];

/** Order: subject's right eye, subject's left eye, nose tip, right and left mouth corner. */
export const CHIP_LAYOUTS = {
  /**
   * The 112×112 crop of ArcFace-family networks. The published numbers count pixel centres from 0; half a pixel
   * is added because we count them from ½.
   *
   * @source insightface python-package, `arcface_dst`.
   */
  arcface: layout(112, 0.5, [
    [38.2946, 51.6963],
    [73.5318, 51.5014],
    [56.0252, 71.7366],
    [41.5493, 92.3655],
    [70.7299, 92.2041],
  ]),
  /**
   * dlib's 150×150 face chip with padding 0.25. The eyes are the means of the mean shape's six lid points.
   *
   * @source dlib, `get_face_chip_details` and its mean face shape.
   */
  dlib: layout(1.5, 0.25, [
    [0.2255, 0.216],
    [0.7548, 0.216],
    [0.4901, 0.5156],
    [0.2541, 0.7802],
    [0.7261, 0.7802],
  ]),
} as const satisfies Record<string, ChipLayout>;

function layout(whole: number, offset: number, points: readonly (readonly [number, number])[]): ChipLayout {
  const placed = points.map(([x, y]) => ({ x: (x + offset) / whole, y: (y + offset) / whole }));
  return placed as unknown as ChipLayout;
}
