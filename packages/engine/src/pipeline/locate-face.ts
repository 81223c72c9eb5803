import { type FaceView, faceView } from '../alignment/face-view.ts';
import type { DetectedFace } from '../detection/detector.ts';
import { boxAround } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { Mesh, MeshNetwork } from '../landmarks/facemesh.ts';
import { type MeshWindow, windowOfDetection, windowOfMesh } from '../landmarks/facemesh-window.ts';
import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import type { LandmarksSpec } from '../packs/manifest.ts';
import type { BoundingBox, FivePoints, Point } from '../vocabulary/shapes.ts';

export interface LocatedFace {
  /** Around the mesh: the same for every detector. */
  readonly box: BoundingBox;
  /** The detector's certainty, 0..1. */
  readonly score: number;
  readonly points: FivePoints;
  /** Absent where only the detector sees the face, as behind a mask. */
  readonly mesh?: readonly Point[];
  /** What chips of this face are cut from. */
  readonly view: FaceView;
}

/**
 * Certainty of the mesh network from which a face counts as confirmed. On LFW View 1 three of 4,992 faces stay below;
 * of 178 patterns that a detector took for faces in pictures without any, all but eighteen do.
 */
const PRESENCE_MIN = 0.7;

/** Fits at most; a tilted face whose detector draws it upright needs three. */
const FITS_MAX = 4;

/**
 * A window that would move or grow by less than this share of its side, and turn by less than this, may stay: the mesh
 * is right within it, and on LFW View 1 looking again changes no error rate.
 */
const SHIFT_MAX = 0.15;
const TURN_MAX_RADIANS = 0.2;

/**
 * Confirms a detected face and finds its points: fits the mesh, looks again where the mesh says the face is, and stops
 * when the window stands still. The result then hardly depends on which detector made the first guess.
 *
 * Where the mesh network sees no face but the detector is certain of one (masks, profiles), the detector's word stands.
 *
 * @returns undefined when neither vouches for a face.
 * @cost    one to four fits, about 3 ms each.
 */
export async function locateFace(
  image: RgbImage,
  detected: DetectedFace,
  { network, spec, detail }: { network: MeshNetwork; spec: LandmarksSpec; detail: number },
): Promise<LocatedFace | undefined> {
  let window = windowOfDetection(detected, spec.boxScale);
  let view = faceView(image, window, detail);
  let mesh = await network.fit(view, window);
  for (let fit = 1; fit < FITS_MAX && mesh.presence >= PRESENCE_MIN; fit++) {
    const better = windowOfMesh(mesh.points);
    if (isSettled(window, better)) break;
    window = better;
    view = faceView(image, window, detail);
    mesh = await network.fit(view, window);
  }
  return vouchedFace(detected, mesh, view);
}

function vouchedFace(
  { box, score, points, isCertain }: DetectedFace,
  mesh: Mesh,
  view: FaceView,
): LocatedFace | undefined {
  const meshPoints = fivePointsOfMesh(mesh.points);
  if (mesh.presence >= PRESENCE_MIN) {
    return { box: boxAround(mesh.points), score, points: meshPoints, mesh: mesh.points, view };
  }
  return isCertain ? { box, score, points: points ?? meshPoints, view } : undefined;
}

function isSettled(window: MeshWindow, better: MeshWindow): boolean {
  const shift = Math.hypot(better.centre.x - window.centre.x, better.centre.y - window.centre.y);
  const turned = better.tiltRadians - window.tiltRadians;
  const turn = Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned)));
  const growth = Math.abs(better.side - window.side);
  return turn <= TURN_MAX_RADIANS && Math.max(shift, growth) <= SHIFT_MAX * window.side;
}
