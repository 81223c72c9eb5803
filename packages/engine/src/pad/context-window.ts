import { boxArea, boxCentre, intersectionArea } from '../geometry/boxes.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';

type Size = Pick<BoundingBox, 'width' | 'height'>;

/** What the networks see of a face and its near surroundings, in boxes of the face. */
export const NEAR_CONTEXT = 2.7;
/** The same, with more of them. */
export const WIDE_CONTEXT = 4;

/**
 * The box grown about its centre: as far as the picture allows, then moved inside it.
 *
 * @source minivision-ai/Silent-Face-Anti-Spoofing, `src/generate_patches.py`.
 */
export function windowWithin(picture: Size, box: BoundingBox, growth: number): BoundingBox {
  const scale = Math.min(growth, picture.width / box.width, picture.height / box.height);
  const { x, y, width, height } = grownBox(box, scale);
  return {
    x: Math.min(Math.max(0, x), picture.width - width),
    y: Math.min(Math.max(0, y), picture.height - height),
    width,
    height,
  };
}

/** How much of the near surroundings of a face is in the picture, 0..1 of their area. */
export function contextShare(picture: Size, box: BoundingBox): number {
  const window = grownBox(box, NEAR_CONTEXT);
  return intersectionArea(window, { x: 0, y: 0, ...picture }) / boxArea(window);
}

function grownBox(box: BoundingBox, scale: number): BoundingBox {
  const { x, y } = boxCentre(box);
  const [width, height] = [box.width * scale, box.height * scale];
  return { x: x - width / 2, y: y - height / 2, width, height };
}
