import type { Point } from '../vocabulary/shapes.ts';

/** What the iris network sees of one eye, in px of its input: the outer corner on the left. */
export interface EyeShape {
  /** Widest gap between the lids ÷ width of the eye. */
  readonly openness: number;
  /** How far the middle of the upper lid lies above the line between the corners ÷ width of the eye. */
  readonly upperLidRise: number;
  readonly irisCentre: Point;
  readonly irisRadius: number;
  /** Iris between the corners (−1 outer, 1 inner) and between the lids (−1 lower, 1 upper). */
  readonly irisAcross: number;
  readonly irisUp: number;
}

/** In the network's points: the lower lid from the outer corner (0) to the inner one (8), then the upper lid. */
const OUTER_CORNER = 0;
const INNER_CORNER = 8;
const LID_PAIRS = 7;
const UPPER_LID_MIDDLE = 12;
const IRIS = 71;

/** @param points x, y, z of 76 points, as the iris network gives them. */
export function eyeShape(points: Float32Array): EyeShape {
  const at = (index: number): Point => ({ x: points[3 * index]!, y: points[3 * index + 1]! });
  const [outer, inner] = [at(OUTER_CORNER), at(INNER_CORNER)];
  const width = Math.hypot(inner.x - outer.x, inner.y - outer.y);
  const gaps = Array.from({ length: LID_PAIRS }, (_, i) => lidGap(at(1 + i), at(INNER_CORNER + 1 + i)));
  const widest = gaps.reduce((a, b) => (b.height > a.height ? b : a));
  const irisCentre = at(IRIS);
  const rim = [1, 2, 3, 4].map((i) => at(IRIS + i));
  return {
    openness: Math.max(0, widest.height) / width,
    upperLidRise: ((outer.y + inner.y) / 2 - at(UPPER_LID_MIDDLE).y) / width,
    irisCentre,
    irisRadius: mean(rim.map(({ x, y }) => Math.hypot(x - irisCentre.x, y - irisCentre.y))),
    irisAcross: bounded((2 * irisCentre.x - outer.x - inner.x) / width),
    irisUp: widest.height > 0 ? bounded((2 * (widest.middle - irisCentre.y)) / widest.height) : 0,
  };
}

const lidGap = (lower: Point, upper: Point): { height: number; middle: number } => ({
  height: lower.y - upper.y,
  middle: (lower.y + upper.y) / 2,
});

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const bounded = (value: number): number => Math.min(1, Math.max(-1, value));
