import { visibleSpan } from '../window/visible-span.ts';
import type { Measure } from './measure.ts';

export const rasterWidth: Measure = ({ subject }) => subject.raster.width;

export const rasterHeight: Measure = ({ subject }) => subject.raster.height;

/** A lossy codec leaves the channels of a grey picture this far apart. */
const CHANNEL_SPREAD_MAX = 6;

/** Pixels looked at, about. */
const SAMPLES = 4096;

/** 1 when at least 99 % of the pixels are grey, else 3. */
export const colourChannels: Measure = ({ subject }) => {
  const { pixels } = subject.raster;
  const step = 3 * Math.max(1, Math.floor(pixels.length / 3 / SAMPLES));
  let coloured = 0;
  let seen = 0;
  for (let p = 0; p + 2 < pixels.length; p += step, seen++) {
    const red = pixels[p]!;
    const green = pixels[p + 1]!;
    const blue = pixels[p + 2]!;
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (spread > CHANNEL_SPREAD_MAX) coloured++;
  }
  return coloured <= 0.01 * seen ? 1 : 3;
};

/** Row by row, exact across each row. */
export const padding: Measure = ({ subject: { raster, toImage, image } }) => {
  let visible = 0;
  for (let y = 0; y < raster.height; y++) {
    const { from, to } = visibleSpan(toImage, y + 0.5, raster.width, image);
    visible += Math.max(0, to - from);
  }
  // A portrait that was never enlarged or turned may miss the edge by a rounding error.
  const share = 1 - visible / (raster.width * raster.height);
  return share < 1e-6 ? 0 : share;
};
