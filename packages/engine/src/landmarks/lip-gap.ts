import type { Point } from '../vocabulary/shapes.ts';

/** Inner edges of the lips in the mesh: upper, lower. */
const INNER_LIPS: readonly (readonly [upper: number, lower: number])[] = [
  [81, 178],
  [82, 87],
  [13, 14],
  [312, 317],
  [311, 402],
];

/** Widest gap between the lips, in the unit of the mesh. */
export const lipGap = (mesh: readonly Point[]): number =>
  Math.max(
    ...INNER_LIPS.map(([upper, lower]) =>
      Math.hypot(mesh[upper]!.x - mesh[lower]!.x, mesh[upper]!.y - mesh[lower]!.y),
    ),
  );
