import sharp from 'sharp';
import { mappedBox } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import type { Portrait, PortraitSpec } from '../vocabulary/analysis.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import { planPortrait } from './framing.ts';

/** High enough that a face cut out and sent again compares as the original would. */
const JPEG_QUALITY = 95;

/**
 * Cuts upright portraits of one face, in the order of `specs`.
 *
 * @param landmarks  in image pixels; only the eyes are used.
 * @throws EngineError `invalid-request` for an impossible size.
 * @cost   about 20 ns per pixel of the portrait for the warp, plus the JPEG encoder.
 */
export function cutPortraits(
  image: RgbImage,
  landmarks: FivePoints,
  specs: readonly PortraitSpec[],
): Promise<Portrait[]> {
  return Promise.all(specs.map((spec) => cutPortrait(image, landmarks, spec)));
}

async function cutPortrait(image: RgbImage, landmarks: FivePoints, spec: PortraitSpec): Promise<Portrait> {
  const { width, height, toImage } = planPortrait(spec, landmarks);
  const { pixels } = warpRgb(image, toImage, { width, height, fill: spec.padColour });
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { jpeg, width, height, sourceBox: mappedBox(toImage, { width, height }) };
}
