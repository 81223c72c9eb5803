import { boxAround, boxCentre } from '../geometry/boxes.ts';
import type { BoundingBox, Point } from '../vocabulary/shapes.ts';
import { eyeLineTilt, fivePointsOfMesh } from './five-points.ts';

/** Where to look for a face: a square, turned so that the eye line is level. */
export interface MeshWindow {
  readonly centre: Point;
  readonly side: number;
  /** Clockwise tilt of the eye line on screen, radians. */
  readonly tiltRadians: number;
}

/** Side of the window as a multiple of the longer side of the mesh's own box, as the network saw faces in training. */
const SIDE_PER_MESH_BOX = 1.5;

export interface FaceGuess {
  readonly box: BoundingBox;
  readonly subjectRightEye: Point;
  readonly subjectLeftEye: Point;
}

/** The first window, from a detector's box and eyes. `boxScale` makes up for how tightly that detector draws boxes. */
export function windowOfDetection(guess: FaceGuess, boxScale: number): MeshWindow {
  return {
    centre: boxCentre(guess.box),
    side: Math.max(guess.box.width, guess.box.height) * boxScale,
    tiltRadians: eyeLineTilt(guess.subjectRightEye, guess.subjectLeftEye),
  };
}

/** A better window, from a mesh that was fitted in a worse one. */
export function windowOfMesh(mesh: readonly Point[]): MeshWindow {
  const { subjectRightEye, subjectLeftEye } = fivePointsOfMesh(mesh);
  const tiltRadians = eyeLineTilt(subjectRightEye, subjectLeftEye);
  const level = boxAround(mesh.map((point) => turn(point, -tiltRadians)));
  return {
    centre: turn(boxCentre(level), tiltRadians),
    side: Math.max(level.width, level.height) * SIDE_PER_MESH_BOX,
    tiltRadians,
  };
}

function turn({ x, y }: Point, radians: number): Point {
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  return { x: cos * x - sin * y, y: sin * x + cos * y };
}
