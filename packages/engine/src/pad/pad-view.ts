import { boxCentre } from '../geometry/boxes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import { once } from '../signals/once.ts';
import type { BoundingBox } from '../vocabulary/shapes.ts';
import { NEAR_CONTEXT, windowWithin } from './context-window.ts';
import { type OpponentRaster, opponentOf } from './opponent-raster.ts';
import { logPowerSpectrum } from './power-spectrum.ts';

/** Side of both rasters, px. */
export const VIEW_SIDE = 128;

/** A face with fewer pixels across has lost what single pixels could tell. */
const FACE_SIDE_MIN = 56;

/** What signals of one face are read from; each part is made when first asked for, once. */
export interface PadView {
  /**
   * The face and what is just around it, pixel by pixel as the picture has them; averaged down where the face is larger.
   * Undefined: the face has too few pixels.
   */
  readonly face: () => OpponentRaster | undefined;
  /** Of the face, see {@link logPowerSpectrum}. */
  readonly spectra: () => OpponentSpectra | undefined;
  /** Pixels of the picture per pixel of the face's raster, 1 or more. */
  readonly reduction: number;
  /** The near surroundings, as far as the picture shows them, stretched. */
  readonly context: () => OpponentRaster;
}

interface OpponentSpectra {
  readonly luminance: Float32Array;
  readonly redGreen: Float32Array;
  readonly blueYellow: Float32Array;
}

/** @param box as a detector draws it. */
export function padView(image: RgbImage, box: BoundingBox): PadView {
  const side = Math.max(box.width, box.height);
  const face = once(() => (side < FACE_SIDE_MIN ? undefined : opponentOf(faceRaster(image, box, side))));
  return {
    face,
    reduction: Math.max(1, side / VIEW_SIDE),
    spectra: once(() => {
      const raster = face();
      return raster && spectraOf(raster);
    }),
    context: once(() => opponentOf(contextRaster(image, box))),
  };
}

const spectraOf = ({ luminance, redGreen, blueYellow }: OpponentRaster): OpponentSpectra => ({
  luminance: logPowerSpectrum(luminance, VIEW_SIDE),
  redGreen: logPowerSpectrum(redGreen, VIEW_SIDE),
  blueYellow: logPowerSpectrum(blueYellow, VIEW_SIDE),
});

/** Whole pixels where nothing shrinks: sampling between them would blur what is looked for. */
function faceRaster(image: RgbImage, box: BoundingBox, side: number): RgbImage {
  const step = Math.max(1, side / VIEW_SIDE);
  const { x, y } = boxCentre(box);
  const [left, top] = [x - (VIEW_SIDE * step) / 2, y - (VIEW_SIDE * step) / 2];
  const corner = step === 1 ? { c: Math.round(left), f: Math.round(top) } : { c: left, f: top };
  return viewRaster(image, { a: step, b: 0, d: 0, e: step, ...corner });
}

function contextRaster(image: RgbImage, box: BoundingBox): RgbImage {
  const { x, y, width, height } = windowWithin(image, box, NEAR_CONTEXT);
  return viewRaster(image, { a: width / VIEW_SIDE, b: 0, c: x, d: 0, e: height / VIEW_SIDE, f: y });
}

const viewRaster = (image: RgbImage, map: Parameters<typeof warpRgb>[1]): RgbImage =>
  warpRgb(image, map, { width: VIEW_SIDE, height: VIEW_SIDE, fill: [128, 128, 128] });
