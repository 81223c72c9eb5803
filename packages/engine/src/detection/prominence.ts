import { boxArea, boxCentre } from '../geometry/boxes.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';

interface Placed {
  readonly box: BoundingBox;
}

/**
 * Faces in the order in which a picture is about them: large and near the middle first.
 *
 * A face's prominence is its linear size divided by 1 + (2·d)², where d is its distance from the picture's centre in
 * units of half the diagonal: at the edge of the picture a face must be several times larger to come first.
 */
export function byProminence<T extends Placed>(
  faces: readonly T[],
  picture: { readonly width: number; readonly height: number },
): T[] {
  const prominence = ({ box }: T): number => {
    const centre = boxCentre(box);
    const halfDiagonal = Math.hypot(picture.width, picture.height) / 2;
    const distance = Math.hypot(centre.x - picture.width / 2, centre.y - picture.height / 2) / halfDiagonal;
    return Math.sqrt(boxArea(box)) / (1 + (2 * distance) ** 2);
  };
  return [...faces].sort((a, b) => prominence(b) - prominence(a));
}
