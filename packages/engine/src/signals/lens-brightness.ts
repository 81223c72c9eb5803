import { chipOfView, type FaceView } from '../alignment/face-view.ts';
import { squareOfPoints, squareTransform } from '../alignment/square-transform.ts';
import { apply, invert } from '../geometry/affine.ts';
import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import type { Point } from '../vocabulary/shapes.ts';

const SIDE = 48;
const CHIP = { side: SIDE, colour: 'RGB', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] } as const;
const REACH = 2.4;
/** Radius of the discs that are averaged, px of the chip: a quarter and an eighth of the distance between the eyes. */
const EYE_RADIUS = 5;
const CHEEK_RADIUS = 2.5;
/** Middles of the cheeks in the mesh. */
const CHEEKS = { right: 50, left: 280 } as const;

/**
 * Luminance where the eyes are ÷ that of the cheek below, on the brighter side: light from one side darkens an eye and
 * its cheek alike, dark lenses both eyes alone.
 *
 * @returns undefined when the points lie on one another.
 */
export function lensBrightness(view: FaceView, mesh: readonly Point[]): number | undefined {
  const points = fivePointsOfMesh(mesh);
  const toImage = squareTransform(squareOfPoints(points, REACH), SIDE);
  const fromImage = invert(toImage);
  if (!fromImage) return undefined;
  const rgb = chipOfView(view, toImage, CHIP);
  const disc = (centre: Point, radius: number) => discLuminance(rgb, apply(fromImage, centre), radius);
  const right = disc(points.subjectRightEye, EYE_RADIUS) / disc(mesh[CHEEKS.right]!, CHEEK_RADIUS);
  const left = disc(points.subjectLeftEye, EYE_RADIUS) / disc(mesh[CHEEKS.left]!, CHEEK_RADIUS);
  return Math.max(right, left);
}

/** Mean luminance, 0..1, of ITU-R BT.709; never quite 0, so that it can be divided by. */
function discLuminance(rgb: Float32Array, centre: Point, radius: number): number {
  let sum = 0;
  let count = 0;
  const [left, right] = around(centre.x, radius);
  const [top, bottom] = around(centre.y, radius);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) > radius) continue;
      const at = y * SIDE + x;
      sum += 0.2126 * rgb[at]! + 0.7152 * rgb[at + SIDE * SIDE]! + 0.0722 * rgb[at + 2 * SIDE * SIDE]!;
      count++;
    }
  }
  return count > 0 ? sum / count + 1 / 255 : 1 / 255;
}

/** Pixels of the chip that reach so far, from one to before another. */
const around = (centre: number, radius: number): readonly [number, number] => [
  Math.max(0, Math.floor(centre - radius)),
  Math.min(SIDE, Math.ceil(centre + radius)),
];
