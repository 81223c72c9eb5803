import type { Light } from './light.ts';

/** Linear light of 4 of 255: black that compression has touched. */
const BLACK_MAX = 1e-4;
const SHARE_MAX = 0.02;

/**
 * Whether the picture was turned and filled up with black, as the alignment of LFW leaves many. No scene before a camera
 * has such borders, and they look like the bezel of a screen: what is shown as bona fide must not have them.
 */
export function isPadded({ width, height, values }: Light): boolean {
  let black = 0;
  const look = (x: number, y: number): void => {
    const i = 3 * (y * width + x);
    if (values.subarray(i, i + 3).every((value) => value <= BLACK_MAX)) black++;
  };
  for (let x = 0; x < width; x++) {
    look(x, 0);
    look(x, height - 1);
  }
  for (let y = 1; y < height - 1; y++) {
    look(0, y);
    look(width - 1, y);
  }
  return black > SHARE_MAX * 2 * (width + height - 2);
}
