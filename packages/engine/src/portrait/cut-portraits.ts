import sharp from 'sharp';
import type { Affine } from '../geometry/affine.ts';
import { mappedBox } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { Portrait, PortraitSpec } from '../vocabulary/analysis.ts';
import type { FivePoints, Rgb } from '../vocabulary/shapes.ts';
import { planPortrait } from './framing.ts';
import { replaceBackground } from './replace-background.ts';

/** High enough that a face cut out and sent again compares as the original would. */
const JPEG_QUALITY = 95;

/** Whom portraits are cut of. */
export interface PortraitSubject {
  readonly image: RgbImage;
  /** In image pixels; only the eyes are used. */
  readonly landmarks: FivePoints;
  /** Asked only when a background is to be replaced. Undefined: the person cannot be told from it. */
  readonly person: () => Promise<PersonMatte | undefined>;
}

/**
 * Cuts upright portraits of one face, in the order of `specs`. Where the person cannot be told from the background, it
 * stays as it is.
 *
 * @throws EngineError `invalid-request` for an impossible size, and whatever `person` throws.
 * @cost   about 20 ns per pixel of the portrait for the warp, plus the JPEG encoder; see `replace-background.ts`.
 */
export function cutPortraits(subject: PortraitSubject, specs: readonly PortraitSpec[]): Promise<Portrait[]> {
  return Promise.all(specs.map((spec) => cutPortrait(subject, spec)));
}

async function cutPortrait(subject: PortraitSubject, spec: PortraitSpec): Promise<Portrait> {
  const { width, height, toImage } = planPortrait(spec, subject.landmarks);
  const picture = warpRgb(subject.image, toImage, { width, height, fill: spec.padColour });
  const { pixels } = spec.backgroundColour
    ? await beforeBackground(picture, { ...subject, toImage, colour: spec.backgroundColour })
    : picture;
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { jpeg, width, height, sourceBox: mappedBox(toImage, { width, height }) };
}

async function beforeBackground(
  picture: RgbImage,
  { image, person, toImage, colour }: PortraitSubject & { readonly toImage: Affine; readonly colour: Rgb },
): Promise<RgbImage> {
  const matte = await person();
  return matte ? replaceBackground(picture, { matte, toImage, image, colour }) : picture;
}
