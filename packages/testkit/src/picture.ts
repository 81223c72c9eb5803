import sharp from 'sharp';
import { type FaceMark, markColour } from './marks.ts';

/** A face to draw. Left and top in pixels; 80 wide and 100 high and upright unless said otherwise. */
export interface DrawnFace extends Pick<FaceMark, 'identity' | 'x' | 'y'> {
  readonly width?: number;
  readonly height?: number;
  readonly roll?: number;
}

export interface PictureOptions {
  /** @default 320 */
  readonly width?: number;
  /** @default 240 */
  readonly height?: number;
}

/** A PNG that shows these faces, and nobody's face, on grey. Drawn faces must not touch. */
export async function drawPicture(
  faces: readonly DrawnFace[],
  { width = 320, height = 240 }: PictureOptions = {},
): Promise<Buffer> {
  const pixels = Buffer.alloc(3 * width * height, 90);
  for (const { identity, x, y, roll = 0, width: w = 80, height: h = 100 } of faces) {
    const row = Buffer.alloc(3 * w, Buffer.from(markColour({ identity, roll })));
    for (let line = y; line < y + h; line++) row.copy(pixels, 3 * (line * width + x));
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
