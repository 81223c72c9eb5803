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
  readonly mesh: readonly Point[];
}

/** Below this certainty of the mesh network there is no face: bona fide faces score above 0.99, patterns under 0.3. */
const PRESENCE_MIN = 0.5;

/** Fits at most; a tilted face whose detector draws it upright needs three. */
const FITS_MAX = 4;

/** A window that moved by less than this of its side, or turned by less than this, is where it should be. */
const SHIFT_MAX = 0.06;
const TURN_MAX_RADIANS = 0.1;

/**
 * Confirms a detected face and finds its points: fits the mesh, looks again where the mesh says the face is, and stops
 * when the window stands still. The result then hardly depends on which detector made the first guess.
 *
 * @returns undefined when the mesh network sees no face there.
 * @cost    one to four fits, about 3 ms each.
 */
export async function locateFace(
  image: RgbImage,
  detected: DetectedFace,
  { network, spec }: { network: MeshNetwork; spec: LandmarksSpec },
): Promise<LocatedFace | undefined> {
  let window = windowOfDetection(detected, spec.boxScale);
  let mesh: Mesh | undefined;
  for (let fit = 0; fit < FITS_MAX; fit++) {
    mesh = await network.fit(image, window);
    const better = windowOfMesh(mesh.points);
    if (mesh.presence < PRESENCE_MIN || isSettled(window, better)) break;
    window = better;
  }
  if (!mesh || mesh.presence < PRESENCE_MIN) return undefined;
  const { points } = mesh;
  return { box: boxAround(points), score: detected.score, points: fivePointsOfMesh(points), mesh: points };
}

function isSettled(window: MeshWindow, better: MeshWindow): boolean {
  const shift = Math.hypot(better.centre.x - window.centre.x, better.centre.y - window.centre.y);
  const turned = better.tiltRadians - window.tiltRadians;
  const turn = Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned)));
  const growth = Math.abs(better.side - window.side);
  return turn <= TURN_MAX_RADIANS && Math.max(shift, growth) <= SHIFT_MAX * window.side;
}
