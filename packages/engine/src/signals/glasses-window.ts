import type { Affine } from '../geometry/affine.ts';
import { boxAround } from '../geometry/boxes.ts';
import { eyeLineTilt, fivePointsOfMesh } from '../landmarks/five-points.ts';
import type { Point } from '../vocabulary/shapes.ts';

/** Upper edges of both brows, and the base of the nose, in the mesh. */
const BROWS = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300];
const NOSE_BASE = [2, 98, 327];

/** What the window shows beyond the brows on either side, in widths of the brows. */
const MARGIN = 0.15;

/**
 * From a chip to the part of a face from the brows to the base of the nose, level with the eyes and stretched to fit.
 *
 * @param chip px.
 */
export function glassesWindow(
  mesh: readonly Point[],
  chip: { readonly width: number; readonly height: number },
): Affine {
  const { subjectRightEye, subjectLeftEye } = fivePointsOfMesh(mesh);
  const tilt = eyeLineTilt(subjectRightEye, subjectLeftEye);
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const level = (index: number): Point => {
    const { x, y } = mesh[index]!;
    return { x: cos * x + sin * y, y: cos * y - sin * x };
  };
  const brows = boxAround(BROWS.map(level));
  const bottom = Math.max(...NOSE_BASE.map((index) => level(index).y));
  const left = brows.x - MARGIN * brows.width;
  const perColumn = (brows.width * (1 + 2 * MARGIN)) / chip.width;
  const perRow = (bottom - brows.y) / chip.height;
  return {
    a: cos * perColumn,
    b: -sin * perRow,
    c: cos * left - sin * brows.y,
    d: sin * perColumn,
    e: cos * perRow,
    f: sin * left + cos * brows.y,
  };
}
