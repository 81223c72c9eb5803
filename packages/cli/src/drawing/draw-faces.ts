import sharp, { type Sharp } from 'sharp';
import type { EngineDoor } from '../engine-door.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure } from '../failure.ts';

type OverlaySvg = EngineDoor['overlaySvg'];
type Image = Parameters<OverlaySvg>[0];
type Options = Omit<NonNullable<Parameters<OverlaySvg>[1]>, 'picture'>;

/** What is drawn, and with what. */
export interface Drawing {
  readonly image: Image;
  readonly overlaySvg: OverlaySvg;
  readonly options?: Options;
}

/**
 * Draws what was found over the picture, and what there is to say below it.
 *
 * @param bytes  the encoded picture; turned upright by its EXIF orientation, as the engine saw it.
 * @returns      PNG as wide as the picture, and higher where there is advice.
 * @throws       CommandFailure `not-drawable` for formats the engine reads by other means (BMP, HEIC).
 */
export function drawFacesAsPng(
  bytes: Uint8Array,
  { image, overlaySvg, options }: Drawing,
): Promise<Uint8Array> {
  const { svg, height } = overlaySvg(image, options);
  // The engine bars the SVG loader for the whole process, since pictures come from strangers. This SVG is ours.
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  return ofDrawable(async () => {
    const roomy = await upright(bytes)
      .png()
      .toBuffer()
      .then((png) =>
        sharp(png)
          .extend({ bottom: height - image.height })
          .png()
          .toBuffer(),
      );
    return await sharp(roomy)
      .composite([{ input: Buffer.from(svg), left: 0, top: 0 }])
      .png()
      .toBuffer();
  });
}

/** The same as SVG, the picture inside as JPEG: sharp at any size, and its parts can be told by their class. */
export function drawFacesAsSvg(
  bytes: Uint8Array,
  { image, overlaySvg, options }: Drawing,
): Promise<Uint8Array> {
  return ofDrawable(async () => {
    const picture = { mediaType: 'image/jpeg', bytes: await upright(bytes).jpeg({ quality: 90 }).toBuffer() };
    return new TextEncoder().encode(overlaySvg(image, { ...options, picture }).svg);
  });
}

const upright = (bytes: Uint8Array): Sharp => sharp(bytes).autoOrient().toColourspace('srgb');

async function ofDrawable(draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await draw();
  } catch (cause) {
    throw new CommandFailure(
      EXIT.unreadableInput,
      'not-drawable',
      'This picture can be analysed but not drawn on. Convert it to JPEG or PNG first.',
      { cause },
    );
  }
}
