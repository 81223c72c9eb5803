import { type Affine, compose, invert, scaleOf } from '../geometry/affine.ts';
import { toPlanes } from '../image/planes.ts';
import { type RgbImage, rgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import type { ColourPlanes } from './guided-filter.ts';
import { blendRows, type PlaneStack, position, stackPlanes } from './plane-stack.ts';
import { sampleOpacity } from './sample-opacity.ts';
import { separatePerson, sharpened } from './separate-person.ts';

/** Edges are looked for in a picture no larger than this; what is found there is carried over to the full size. */
const WORKING_SIDE_MAX = 400;

/** How far the edges of a matte may be off, in pixels of its raster. */
const MATTE_ERROR = 4;

/**
 * Puts one colour in the place of what is behind a person, softly where hair lets the background through.
 *
 * A pixel on the edge is part person, part old background: the person's own colour is estimated and mixed with the new
 * background, so that no rim of the old one remains.
 *
 * @param portrait  0..255.
 * @param toImage   portrait → the image that the matte's map leads to.
 * @returns         a picture of the same size.
 * @cost            about 60 ms, plus 30 ns per pixel of the portrait.
 */
export function replaceBackground(
  portrait: RgbImage,
  { matte, toImage, colour }: { readonly matte: PersonMatte; readonly toImage: Affine; readonly colour: Rgb },
): RgbImage {
  const toMatte = invert(matte.toImage);
  if (!toMatte) return portrait;
  const factor = Math.max(1, Math.max(portrait.width, portrait.height) / WORKING_SIDE_MAX);
  const size = {
    width: Math.max(1, Math.round(portrait.width / factor)),
    height: Math.max(1, Math.round(portrait.height / factor)),
  };
  const toPortrait = {
    a: portrait.width / size.width,
    b: 0,
    c: 0,
    d: 0,
    e: portrait.height / size.height,
    f: 0,
  };
  const small = factor === 1 ? portrait : warpRgb(portrait, toPortrait, { ...size, fill: colour });
  const smallToMatte = compose(toMatte, compose(toImage, toPortrait));
  const coarse = sampleOpacity(matte, smallToMatte, size);
  const radius = Math.max(1, Math.round(MATTE_ERROR / Math.max(scaleOf(smallToMatte), 1e-3)));
  const { opacity, person, background } = separatePerson(colourPlanes(small), coarse, { size, radius });
  return recompose(
    portrait,
    stackPlanes([...opacity.gains, opacity.offset, ...person, ...background], size),
    colour,
  );
}

/** 0..1. */
function colourPlanes(image: RgbImage): ColourPlanes {
  const planes = toPlanes(image, { colour: 'RGB', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] });
  const size = image.width * image.height;
  return [planes.subarray(0, size), planes.subarray(size, 2 * size), planes.subarray(2 * size)];
}

/** Planes 0 to 3 give the opacity, 4 to 6 the person's colour, 7 to 9 the background's. */
function recompose(portrait: RgbImage, stack: PlaneStack, colour: Rgb): RgbImage {
  const { width, height } = portrait;
  const pixels = new Uint8Array(portrait.pixels);
  const row = new Float32Array(stack.depth * stack.width);
  const columns = Array.from({ length: width }, (_, x) => position(x, width, stack.width));
  for (let y = 0, o = 0; y < height; y++) {
    blendRows(stack, row, y, height);
    for (let x = 0; x < width; x++, o += 3) {
      const { index, share } = columns[x]!;
      const left = index * stack.depth;
      const right = Math.min(index + 1, stack.width - 1) * stack.depth;
      const value = (plane: number): number => {
        const from = row[left + plane]!;
        return from + (row[right + plane]! - from) * share;
      };
      recomposePixel(pixels, o, value, colour);
    }
  }
  return rgbImage(width, height, pixels);
}

function recomposePixel(pixels: Uint8Array, o: number, value: (plane: number) => number, colour: Rgb): void {
  const raw = value(0) * pixels[o]! + value(1) * pixels[o + 1]! + value(2) * pixels[o + 2]!;
  const opacity = sharpened(raw / 255 + value(3));
  if (opacity === 1) return;
  for (let channel = 0; channel < 3; channel++) {
    const person =
      opacity === 0
        ? 0
        : personColour(pixels[o + channel]!, opacity, {
            person: 255 * value(4 + channel),
            background: 255 * value(7 + channel),
          });
    pixels[o + channel] = opacity * person + (1 - opacity) * colour[channel]! + 0.5;
  }
}

/** The person's colour in a mixed pixel: what is around, corrected so that it explains the mixture. */
function personColour(
  mixed: number,
  opacity: number,
  around: { readonly person: number; readonly background: number },
): number {
  const unexplained = mixed - opacity * around.person - (1 - opacity) * around.background;
  return Math.min(Math.max(around.person + opacity * unexplained, 0), 255);
}
