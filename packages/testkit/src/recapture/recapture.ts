import sharp from 'sharp';
import { drawCamera, type Shown, takePicture } from './camera.ts';
import { createDice, type Dice } from './dice.ts';
import { blurLight, emptyLight, type Light, pixelsOf } from './light.ts';
import { bringToLook, drawLook } from './look.ts';
import { drawPrint } from './print.ts';
import { readPicture } from './read-picture.ts';
import { drawScreen } from './screen.ts';
import type { Surface } from './surface.ts';

/** What is before the camera: the scene itself, or an attack instrument of this species (ISO/IEC 30107-1). */
export type Presentation = 'bona-fide' | 'print' | 'screen';

/** Side of the pictures of LFW, px. */
const LFW_SIDE = 250;

export interface RecaptureOptions {
  readonly seed: number;
  /** Another picture; its corner, out of focus, lies behind the attack instrument. */
  readonly elsewhere: Uint8Array;
  /** Of the picture made, px; as large as the one it is made from. @default 250 */
  readonly side?: number;
}

/**
 * A photograph taken anew: of the scene, or of a print or a screen that shows it. Camera, global statistics, size and
 * compression are drawn alike for all, so that nothing but the recapture differs. Deterministic by seed.
 *
 * @cost about half a second.
 */
export async function recapture(
  jpeg: Uint8Array,
  presentation: Presentation,
  { seed, elsewhere, side = LFW_SIDE }: RecaptureOptions,
): Promise<Uint8Array> {
  const dice = createDice(seed);
  const source = await readPicture(jpeg);
  const camera = drawCamera(dice, source, side);
  const look = drawLook(dice);
  const quality = Math.round(dice.between(80, 95));
  const surface = drawSurface(dice, presentation, camera.optics);
  const shown = drawShown(dice, source, cornerOf(await readPicture(elsewhere)));
  const taken = takePicture(source, camera, { dice, shown, ...(surface && { surface }) });
  const pixels = pixelsOf(bringToLook(taken, look));
  const raw = { width: side, height: side, channels: 3 } as const;
  return new Uint8Array(await sharp(pixels, { raw }).jpeg({ quality }).toBuffer());
}

function drawSurface(
  dice: Dice,
  presentation: Presentation,
  optics: Parameters<typeof drawScreen>[1],
): Surface | undefined {
  if (presentation === 'screen') return drawScreen(dice, optics);
  return presentation === 'print' ? drawPrint(dice, optics) : undefined;
}

/** Each edge of what is shown lies inside the camera's view with a probability of 0.35, and never across the face. */
function drawShown(dice: Dice, { width, height }: Light, behind: Light): Shown {
  const inset = (): number => (dice.chance(0.35) ? dice.between(0.1, 0.19) : -1);
  return {
    left: width * inset(),
    top: height * inset(),
    right: width * (1 - inset()),
    bottom: height * (1 - inset()),
    behind,
  };
}

/** A quarter of the side from a corner: no face lies there. */
function cornerOf({ width, height, values }: Light): Light {
  const corner = emptyLight(width >> 2, height >> 2);
  for (let y = 0; y < corner.height; y++)
    corner.values.set(values.subarray(3 * y * width, 3 * (y * width + corner.width)), 3 * y * corner.width);
  return blurLight(corner, 0.8);
}
