import { chipTransform } from '../../alignment/chip-transform.ts';
import type { Affine } from '../../geometry/affine.ts';
import { boxCentre } from '../../geometry/boxes.ts';
import type { RgbImage } from '../../image/rgb-image.ts';
import { warpToPlanes } from '../../image/warp.ts';
import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';
import type { LocatedFace } from '../../pipeline/locate-face.ts';
import type { Plane } from '../../runtime/network.ts';

type NetworkInput = InjectionNetworkSpec['input'];

/** @returns the map from the network's square to the picture; undefined when the face's points coincide. */
export function cropOf(
  { box, points }: Pick<LocatedFace, 'box' | 'points'>,
  { crop, side }: Pick<NetworkInput, 'crop' | 'side'>,
): Affine | undefined {
  if (crop.around === 'points') return chipTransform(points, { layout: crop.layout, zoom: crop.zoom, side });
  const middle = boxCentre(box);
  const reach = crop.boxScale * Math.max(box.width, box.height);
  return { a: reach / side, b: 0, c: middle.x - reach / 2, d: 0, e: reach / side, f: middle.y - reach / 2 };
}

/**
 * What a network sees of a picture, laid out as it wants it.
 *
 * @cost as `warpToPlanes`.
 */
export function chipThrough(image: RgbImage, toImage: Affine, input: NetworkInput): Plane {
  const { side, layout } = input;
  const planes = warpToPlanes(image, toImage, input);
  if (layout === 'NCHW') return { data: planes, dims: [1, 3, side, side] };
  return { data: interleaved(planes), dims: [1, side, side, 3] };
}

function interleaved(planes: Float32Array): Float32Array {
  const size = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * size + Math.floor(i / 3)]!);
}
