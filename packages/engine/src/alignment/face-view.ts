import { type Affine, compose, IDENTITY } from '../geometry/affine.ts';
import { type Region, reduceRegion } from '../image/reduce.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { type ChipSpec, warpToPlanes } from '../image/warp.ts';
import type { Point } from '../vocabulary/shapes.ts';

/** A picture, or the part around one face made smaller, from which chips are cut. Maps stay in image coordinates. */
export interface FaceView {
  readonly image: RgbImage;
  readonly fromImage: Affine;
}

/** The square in which a face is looked for, as the mesh uses it: about four eye distances wide. */
export interface FaceSquare {
  readonly centre: Point;
  readonly side: number;
}

/** How far the view reaches, as a multiple of the square: it lies inside at any tilt, and so does every chip. */
const REACH = 1.5;

/**
 * The surroundings of a face, shrunk by a whole factor to the detail that its networks can use. Every chip is then cut
 * from a few thousand pixels that lie in the processor's cache, instead of each averaging the same large face again.
 *
 * @param detail pixels that the side of the square should keep.
 */
export function faceView(image: RgbImage, square: FaceSquare, detail: number): FaceView {
  const factor = Math.floor(square.side / detail);
  const region = factor >= 2 ? regionAround(square, image) : undefined;
  return region ? reduceRegion(image, region, factor) : { image, fromImage: IDENTITY };
}

/** {@link warpToPlanes} from a view, `toImage` mapping chip to image coordinates. */
export const chipOfView = (view: FaceView, toImage: Affine, spec: ChipSpec): Float32Array =>
  warpToPlanes(view.image, compose(view.fromImage, toImage), spec);

function regionAround({ centre, side }: FaceSquare, image: RgbImage): Region | undefined {
  const reach = (side * REACH) / 2;
  const left = Math.max(0, Math.floor(centre.x - reach));
  const top = Math.max(0, Math.floor(centre.y - reach));
  const right = Math.min(image.width, Math.ceil(centre.x + reach));
  const bottom = Math.min(image.height, Math.ceil(centre.y + reach));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}
