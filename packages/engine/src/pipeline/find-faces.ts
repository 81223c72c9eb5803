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
 * Climbs the pack's detection ladder: the rungs for every picture; those for group pictures when all faces are wanted;
 * and while no face is confirmed every further rung, one by one. A detected face counts once the mesh confirms it.
 *
 * @returns with `central` the most prominent face or none; with `all` every face, descending detector score.
 */
export async function findFaces(
  image: RgbImage,
  models: Models,
  { faces, stage }: { faces: 'central' | 'all'; stage: Stage },
): Promise<LocatedFace[]> {
  const found: LocatedFace[] = [];
  for (const step of models.manifest.detection) {
    if (found.length > 0 && !isDue(step, faces)) continue;
    const detected = await stage('detect', () => detectOnRung(image, step, models.detectors));
    const fresh = detected.filter((face) => !found.some((known) => isSameFace(known.box, face.box)));
    found.push(...(await stage('landmarks', () => confirm(image, fresh, { models, faces }))));
  }
  return faces === 'all' ? suppressRepeats(found) : byProminence(found, image).slice(0, 1);
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
