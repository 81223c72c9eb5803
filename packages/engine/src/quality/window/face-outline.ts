import type { Point } from '../../vocabulary/shapes.ts';
import { ellipse } from './polygon.ts';
import type { UprightWindow } from './upright-window.ts';

/**
 * Closed outlines in the 468-point mesh.
 *
 * @source MediaPipe mesh topology.
 */
export const OUTLINES = {
  face: [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ],
  rightCheek: [117, 118, 101, 36, 205, 187, 147, 123],
  leftCheek: [346, 347, 330, 266, 425, 411, 376, 352],
  forehead: [67, 109, 10, 338, 297, 333, 299, 337, 151, 108, 69, 104],
  rightForehead: [67, 109, 108, 69, 104],
  leftForehead: [297, 338, 337, 299, 333],
  lips: [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146],
} as const;

export type Outline = keyof typeof OUTLINES;

/**
 * Stand-ins for a face without a mesh, in eye distances from the middle of the eyes: ellipses about the average outlines
 * of frontal meshes.
 */
const ELLIPSES: Readonly<Record<Outline, { readonly at: Point; readonly radii: Point }>> = {
  face: { at: { x: 0, y: 0.5 }, radii: { x: 1.05, y: 1.32 } },
  rightCheek: { at: { x: -0.74, y: 0.5 }, radii: { x: 0.22, y: 0.2 } },
  leftCheek: { at: { x: 0.74, y: 0.5 }, radii: { x: 0.22, y: 0.2 } },
  forehead: { at: { x: 0, y: -0.66 }, radii: { x: 0.6, y: 0.14 } },
  rightForehead: { at: { x: -0.45, y: -0.66 }, radii: { x: 0.18, y: 0.1 } },
  leftForehead: { at: { x: 0.45, y: -0.66 }, radii: { x: 0.18, y: 0.1 } },
  lips: { at: { x: 0, y: 1.1 }, radii: { x: 0.44, y: 0.2 } },
};

/** The polygon of an outline in a window. */
export function outlineIn(window: UprightWindow, outline: Outline, mesh?: readonly Point[]): Point[] {
  if (mesh) return OUTLINES[outline].map((index) => window.place(mesh[index]!));
  const { at, radii } = ELLIPSES[outline];
  const unit = window.eyeDistance;
  const centre = { x: window.eyeMiddle.x + at.x * unit, y: window.eyeMiddle.y + at.y * unit };
  return ellipse(centre, radii.x * unit, radii.y * unit);
}
