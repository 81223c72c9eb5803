import { boxArea, boxCentre } from '../geometry/boxes.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';

interface Placed {
  readonly box: BoundingBox;
}

/**
 * The face a picture is about: large and near the middle.
 *
 * A face's prominence is its linear size divided by 1 + (2·d)², where d is its distance from the picture's centre in
 * units of half the diagonal: at the edge of the picture a face must be several times larger to be chosen.
 */
export function centralFace<T extends Placed>(
  faces: readonly T[],
  picture: { readonly width: number; readonly height: number },
): T | undefined {
  const prominence = (face: T): number => {
    const centre = boxCentre(face.box);
    const halfDiagonal = Math.hypot(picture.width, picture.height) / 2;
    const distance = Math.hypot(centre.x - picture.width / 2, centre.y - picture.height / 2) / halfDiagonal;
    return Math.sqrt(boxArea(face.box)) / (1 + (2 * distance) ** 2);
  };
  return faces.reduce<T | undefined>(
    (best, face) => (best === undefined || prominence(face) > prominence(best) ? face : best),
    undefined,
  );
}
