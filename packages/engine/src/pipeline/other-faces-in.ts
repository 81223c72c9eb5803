import { detectOnRung } from '../detection/rung.ts';
import { boxAround } from '../geometry/boxes.ts';
import { isSameFace } from '../geometry/suppression.ts';
import type { QualitySubject } from '../quality/quality-subject.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';
import { locateFace } from './locate-face.ts';
import type { Models } from './models.ts';

/**
 * Boxes of the faces in a raster beside the one that it is about: those of about a twentieth of its longer side or more,
 * upright, confirmed by the mesh.
 *
 * @cost one detection in a small frame, about 4 ms, and 3 ms a further face.
 */
export async function otherFacesIn(
  { raster, points }: Pick<QualitySubject, 'raster' | 'points'>,
  models: Models,
): Promise<BoundingBox[]> {
  const { detection, landmarks } = models.manifest;
  const step =
    detection.find(({ when, tiles }) => when === 'all-faces' && tiles === undefined) ?? detection[0];
  if (!step) return [];
  const own = boxAround(Object.values(points));
  const fitting = { network: models.mesh, spec: landmarks, detail: models.viewDetail };
  const others: BoundingBox[] = [];
  for (const detected of await detectOnRung(raster, step, models.detectors)) {
    if (holds(detected.box, own)) continue;
    const located = await locateFace(raster, detected, fitting);
    if (located && !holds(located.box, own) && !others.some((box) => isSameFace(box, located.box)))
      others.push(located.box);
  }
  return others;
}

/** Whether the middle of the inner box lies in the outer one: two boxes of one face may differ much in size. */
function holds(outer: BoundingBox, inner: BoundingBox): boolean {
  const x = inner.x + inner.width / 2 - outer.x;
  const y = inner.y + inner.height / 2 - outer.y;
  return x >= 0 && x <= outer.width && y >= 0 && y <= outer.height;
}
