import type { AnalysedImage } from '@facegate/engine/vocabulary';
import sharp from 'sharp';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure } from '../failure.ts';
import { overlaySvg } from './overlay.ts';

/**
 * Draws what was found over the picture.
 *
 * @param bytes  the encoded picture; turned upright by its EXIF orientation, as the engine saw it.
 * @returns      PNG of the picture's own size.
 * @throws       CommandFailure `not-drawable` for formats the engine reads by other means (BMP, HEIC).
 */
export async function drawFaces(bytes: Uint8Array, image: AnalysedImage): Promise<Buffer> {
  // The engine bars the SVG loader for the whole process, since pictures come from strangers. This SVG is ours.
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  const overlay = Buffer.from(overlaySvg(image));
  try {
    const upright = await sharp(bytes).autoOrient().toColourspace('srgb').png().toBuffer();
    return await sharp(upright)
      .composite([{ input: overlay, left: 0, top: 0 }])
      .png()
      .toBuffer();
  } catch (cause) {
    throw new CommandFailure(
      EXIT.unreadableInput,
      'not-drawable',
      'This picture can be analysed but not drawn on. Convert it to JPEG or PNG first.',
      { cause },
    );
  }
}
