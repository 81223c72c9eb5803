import type { DetectedFace } from '../detection/detector.ts';
import { byProminence } from '../detection/prominence.ts';
import { detectOnRung } from '../detection/rung.ts';
import { isSameFace, suppressRepeats } from '../geometry/suppression.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import { type LocatedFace, locateFace } from './locate-face.ts';
import type { Models } from './models.ts';
import type { Stage } from './stopwatch.ts';

/**
 * A face this wide in a rung's frame is seen as well as a larger one; below it the frame is too coarse to say that no
 * other face is more prominent, px.
 */
const FACE_WIDTH_CLEAR = 20;

/**
 * Climbs the pack's detection ladder: the rungs for every picture; those for group pictures when all faces are wanted;
 * and, one by one, every further rung while no face is beyond doubt or the most prominent one is small in the frame it
 * was found in. A detected face counts once the mesh confirms it.
 *
 * @returns with `central` the most prominent face or none; with `all` every face, descending detector score.
 */
export async function findFaces(
  image: RgbImage,
  models: Models,
  { faces, stage }: { faces: 'central' | 'all'; stage: Stage },
): Promise<LocatedFace[]> {
  const found: LocatedFace[] = [];
  let isClear = false;
  for (const step of models.manifest.detection) {
    if (isClear && !isDue(step, faces)) continue;
    if (step.when === 'fallback' && found.some(isUndoubted)) continue;
    const detected = await stage('detect', () => detectOnRung(image, step, models.detectors));
    const known = found.filter(isUndoubted);
    const fresh = detected.filter((face) => !known.some(({ box }) => isSameFace(box, face.box)));
    found.push(...(await stage('landmarks', () => confirm(image, fresh, { models, faces }))));
    isClear ||= widthInFrame(mostProminent(found, image), image, step) >= FACE_WIDTH_CLEAR;
  }
  const distinct = suppressRepeats(found);
  if (faces === 'all') return distinct;
  const central = mostProminent(distinct, image) ?? byProminence(distinct, image)[0];
  return central ? [central] : [];
}

const isUndoubted = (face: LocatedFace): boolean => !face.isDoubtful;

const mostProminent = (found: readonly LocatedFace[], image: RgbImage): LocatedFace | undefined =>
  byProminence(found.filter(isUndoubted), image)[0];

function widthInFrame(face: LocatedFace | undefined, image: RgbImage, step: DetectionStep): number {
  const frame = step.side * (1 - 2 * (step.margin ?? 0)) * (step.tiles ?? 1);
  return face ? (face.box.width * frame) / Math.max(image.width, image.height) : 0;
}

const isDue = (step: DetectionStep, faces: 'central' | 'all'): boolean =>
  step.when === 'always' || (step.when === 'all-faces' && faces === 'all');

/** When only the central face is wanted, the most prominent one that the mesh confirms is enough. */
async function confirm(
  image: RgbImage,
  detected: readonly DetectedFace[],
  { models, faces }: { models: Models; faces: 'central' | 'all' },
): Promise<LocatedFace[]> {
  const setting = { network: models.mesh, spec: models.manifest.landmarks, detail: models.viewDetail };
  const confirmed: LocatedFace[] = [];
  for (const face of byProminence(detected, image)) {
    const located = await locateFace(image, face, setting);
    if (located) confirmed.push(located);
    if (located && faces === 'central') break;
  }
  return confirmed;
}
