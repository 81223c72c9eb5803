import { boxCentre } from '../geometry/boxes.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';

type Size = Pick<BoundingBox, 'width' | 'height'>;

/** What the networks see of a face and its near surroundings, in boxes of the face. */
export const NEAR_CONTEXT = 2.7;

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

/** Whether the near surroundings of a face are all in the picture. */
export function isContextWhole(picture: Size, box: BoundingBox): boolean {
  const { x, y, width, height } = grownBox(box, NEAR_CONTEXT);
  return x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
}

function grownBox(box: BoundingBox, scale: number): BoundingBox {
  const { x, y } = boxCentre(box);
  const [width, height] = [box.width * scale, box.height * scale];
  return { x: x - width / 2, y: y - height / 2, width, height };
}
