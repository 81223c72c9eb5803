import { type Affine, compose, IDENTITY } from '../geometry/affine.ts';
import { pixelsWithin, type Region } from '../image/region.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { shrinkRegion } from '../image/shrink.ts';
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
  /** Clockwise turn of the square on screen. */
  readonly tiltRadians: number;
}

/** How far the view reaches beyond the upright box around the square, as a multiple: every chip lies inside. */
const REACH = 1.15;

/** A view may keep this share of the detail asked and no less: networks do not feel the difference. */
const DETAIL_SHARE_MIN = 0.87;

/**
 * The surroundings of a face, halved down to the detail that its networks can use. Every chip is then cut
 * from a few thousand pixels that lie in the processor's cache, instead of each averaging the same large face again.
 *
 * @param detail pixels that the side of the square should keep.
 */
export function faceView(image: RgbImage, square: FaceSquare, detail: number): FaceView {
  const surplus = square.side / (DETAIL_SHARE_MIN * detail);
  const region = surplus >= 2 ? regionAround(square, image) : undefined;
  if (!region) return { image, fromImage: IDENTITY };
  const block = surplus >= 4 ? 4 : 2;
  let view: FaceView = shrinkRegion(image, region, block);
  for (let rest = surplus / block; rest >= 2; rest /= 2) view = halveView(view);
  return view;
}

/** {@link warpToPlanes} from a view, `toImage` mapping chip to image coordinates. */
export const chipOfView = (view: FaceView, toImage: Affine, spec: ChipSpec): Float32Array =>
  warpToPlanes(view.image, compose(view.fromImage, toImage), spec);

function halveView(view: FaceView): FaceView {
  const { width, height } = view.image;
  const { image, fromImage } = shrinkRegion(view.image, { left: 0, top: 0, width, height }, 2);
  return { image, fromImage: compose(fromImage, view.fromImage) };
}

function regionAround({ centre, side, tiltRadians }: FaceSquare, image: RgbImage): Region | undefined {
  const spread = Math.abs(Math.cos(tiltRadians)) + Math.abs(Math.sin(tiltRadians));
  const reach = (side * spread * REACH) / 2;
  const box = { x: centre.x - reach, y: centre.y - reach, width: 2 * reach, height: 2 * reach };
  const region = pixelsWithin(image, box);
  return region && Math.min(region.width, region.height) >= 4 ? region : undefined;
}
