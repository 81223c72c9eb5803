import { boxCentre } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { type ChipSpec, warpToPlanes } from '../image/warp.ts';
import { once } from '../signals/once.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';
import { WIDE_CONTEXT, windowWithin } from './context-window.ts';
import { type OpponentRaster, opponentOf } from './opponent-raster.ts';
import { type OpponentSpectra, TILE_STEP, tileSpectra } from './tile-spectra.ts';
import { type Tones, tonesWithin } from './tones.ts';

/** Of a face whose box is this high or higher, px: it is averaged down to it. */
const FACE_SIDE = 192;

/** A face with fewer pixels across has lost what single pixels could tell. */
const FACE_SIDE_MIN = 56;

/** A face that was averaged down more has a texture of its own, which nothing was calibrated on. */
const REDUCTION_MAX = 1.1;

/** Sides of the detail in steps of the tiles: the face and what is around it, or nearly the face alone. */
const TILE_STEPS = [3, 2] as const;

/** px */
export const SURROUNDINGS_SIDE = 128;

/** What signals of one face are read from; each part is made when first asked for, once. */
export interface PadView {
  /**
   * The face and what is around it, pixel by pixel as the picture has them; averaged down where the face is larger.
   * Undefined: the face or the picture has too few pixels.
   */
  readonly detail: () => OpponentRaster | undefined;
  /** The same, where it was not averaged down. */
  readonly texture: () => OpponentRaster | undefined;
  /** Of the whole detail, tile by tile. */
  readonly spectra: () => OpponentSpectra | undefined;
  /** Of the face's box alone. */
  readonly tones: () => Tones | undefined;
  /** Four boxes of the face, as far as the picture shows them, stretched. */
  readonly surroundings: () => OpponentRaster;
}

/** @param box as a detector draws it. */
export function padView(image: RgbImage, box: BoundingBox): PadView {
  const window = detailWindow(image, box);
  const detail = once(() => window && opponentRaster(image, window, window.side));
  return {
    detail,
    texture: () => (window && window.step <= REDUCTION_MAX ? detail() : undefined),
    spectra: once(() => {
      const raster = detail();
      return raster && tileSpectra(raster);
    }),
    tones: once(() => {
      const raster = detail();
      return raster && window && tonesWithin(raster, boxInDetail(box, window));
    }),
    surroundings: once(() =>
      opponentRaster(image, windowWithin(image, box, WIDE_CONTEXT), SURROUNDINGS_SIDE),
    ),
  };
}

interface DetailWindow extends BoundingBox {
  /** px of the raster. */
  readonly side: number;
  /** Pixels of the picture per pixel of the raster, 1 or more. */
  readonly step: number;
}

/** Whole pixels where nothing shrinks: sampling between them would blur what is looked for. */
function detailWindow(image: RgbImage, box: BoundingBox): DetailWindow | undefined {
  const height = Math.max(box.width, box.height);
  const step = Math.max(1, height / FACE_SIDE);
  const steps = TILE_STEPS.find((count) => count * TILE_STEP * step <= Math.min(image.width, image.height));
  if (!steps || height < FACE_SIDE_MIN) return undefined;
  const size = steps * TILE_STEP * step;
  const centre = boxCentre(box);
  const place = (middle: number, length: number): number =>
    Math.max(0, Math.min(length - size, step === 1 ? Math.round(middle - size / 2) : middle - size / 2));
  const [x, y] = [place(centre.x, image.width), place(centre.y, image.height)];
  return { x, y, width: size, height: size, side: steps * TILE_STEP, step };
}

const boxInDetail = (box: BoundingBox, { x, y, step }: DetailWindow): BoundingBox => ({
  x: (box.x - x) / step,
  y: (box.y - y) / step,
  width: box.width / step,
  height: box.height / step,
});

function opponentRaster(image: RgbImage, { x, y, width, height }: BoundingBox, side: number): OpponentRaster {
  const map = { a: width / side, b: 0, c: x, d: 0, e: height / side, f: y };
  const spec: ChipSpec = { side, colour: 'RGB', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] };
  return opponentOf(warpToPlanes(image, map, spec), side);
}
