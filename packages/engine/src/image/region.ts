import type { BoundingBox } from '../vocabulary/shapes.ts';

/** A whole-pixel rectangle inside an image. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Every pixel of a picture that a box touches; undefined when it touches none. */
export function pixelsWithin(image: Pick<Region, 'width' | 'height'>, box: BoundingBox): Region | undefined {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const right = Math.min(image.width, Math.ceil(box.x + box.width));
  const bottom = Math.min(image.height, Math.ceil(box.y + box.height));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}
