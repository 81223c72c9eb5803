import type { Affine } from '../geometry/affine.ts';
import type { Point } from '../vocabulary/shapes.ts';

export type EyeSide = 'right' | 'left';

/** Corners of the subject's eyes in the mesh. */
const CORNERS = { right: { outer: 33, inner: 133 }, left: { outer: 263, inner: 362 } } as const;

/** Side of the square around an eye, in widths of the eye: as the iris network was trained with. */
const SIDE_PER_EYE_WIDTH = 2.3;

/**
 * From a chip of that many px a side to the square around an eye, level with its corners, the outer corner on the
 * left: a left eye is mirrored.
 *
 * @returns undefined when the corners coincide.
 */
export function eyeWindow(mesh: readonly Point[], side: EyeSide, chipSide: number): Affine | undefined {
  const outer = mesh[CORNERS[side].outer]!;
  const inner = mesh[CORNERS[side].inner]!;
  const scale = SIDE_PER_EYE_WIDTH / chipSide;
  const across = { x: (inner.x - outer.x) * scale, y: (inner.y - outer.y) * scale };
  if (!(Math.hypot(across.x, across.y) > 0)) return undefined;
  const down = side === 'right' ? { x: -across.y, y: across.x } : { x: across.y, y: -across.x };
  const half = chipSide / 2;
  return {
    a: across.x,
    b: down.x,
    c: (outer.x + inner.x) / 2 - (across.x + down.x) * half,
    d: across.y,
    e: down.y,
    f: (outer.y + inner.y) / 2 - (across.y + down.y) * half,
  };
}
