import sharp from 'sharp';
import type { Affine } from '../geometry/affine.ts';
import { mappedBox } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { Portrait, PortraitSpec } from '../vocabulary/analysis.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import { planPortrait } from './framing.ts';
import { replaceBackground } from './replace-background.ts';

/**
 * High enough that a face cut out and sent again compares as the original would. Tables of its own would make the file a
 * tenth smaller and its coding take twice as long.
 */
const JPEG = { quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: false } as const;

/** A portrait before its background is replaced and it is compressed. */
export interface FramedPortrait {
  readonly spec: PortraitSpec;
  readonly raster: RgbImage;
  /** Raster → image. */
  readonly toImage: Affine;
}

/**
 * Cuts an upright portrait of one face.
 *
 * @param landmarks  in image pixels; only the eyes are used.
 * @throws EngineError `invalid-request` for an impossible size.
 * @cost   about 20 ns per pixel of the portrait.
 */
export function framePortrait(image: RgbImage, landmarks: FivePoints, spec: PortraitSpec): FramedPortrait {
  const { width, height, toImage } = planPortrait(spec, landmarks);
  return { spec, toImage, raster: warpRgb(image, toImage, { width, height, fill: spec.padColour }) };
}

/**
 * Finishes a portrait. Where the person cannot be told from the background, it stays as it is.
 *
 * @param person  asked only when the background is to be replaced.
 * @throws whatever `person` throws.
 * @cost   that of the JPEG encoder, and of `replace-background.ts`.
 */
export async function finishPortrait(
  framed: FramedPortrait,
  image: RgbImage,
  person: () => Promise<PersonMatte | undefined>,
): Promise<Portrait> {
  const { spec, raster, toImage } = framed;
  const { width, height } = raster;
  const colour = spec.backgroundColour;
  const matte = colour && (await person());
  const { pixels } = matte ? replaceBackground(raster, { matte, toImage, image, colour }) : raster;
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg(JPEG)
    .toBuffer();
  return { jpeg, width, height, sourceBox: mappedBox(toImage, { width, height }) };
}
