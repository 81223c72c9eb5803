import { type PadView, VIEW_SIDE } from '../pad-view.ts';

/** Where an edge of what is held up may run: between the border of the surroundings and the face, px of the raster. */
const BANDS = [
  { isUpright: true, from: 3, to: 36 },
  { isUpright: true, from: 92, to: 125 },
  { isUpright: false, from: 3, to: 30 },
  { isUpright: false, from: 98, to: 125 },
] as const;
/** Slopes against the raster's own directions: up to 9°. */
const SLOPE_MAX = 0.16;
const SLOPE_STEP = 0.02;
/** The line runs through the raster but for its corners, and most of it must lie inside. */
const MARGIN = 8;
const LENGTH_MIN = 90;
/** One strong contrast does not make a line. */
const STEP_MAX = 40;

/**
 * The two straightest edges beside the face, right across its surroundings: mean brightness step along the line, its sign kept
 * so that only an edge with one bright side adds up, ÷ mean step anywhere. Screens and papers end in such lines; so do
 * door frames.
 *
 * @source a Hough transform limited to four bands; Duda and Hart, Comm. ACM 15, 1972.
 */
export function frameEdge({ context }: PadView): number[] | undefined {
  const { luminance } = context();
  const across = { upright: new Float32Array(luminance.length), level: new Float32Array(luminance.length) };
  let total = 0;
  for (let y = 1; y < VIEW_SIDE - 1; y++) {
    for (let x = 1, i = y * VIEW_SIDE + 1; x < VIEW_SIDE - 1; x++, i++) {
      across.upright[i] = luminance[i + 1]! - luminance[i - 1]!;
      across.level[i] = luminance[i + VIEW_SIDE]! - luminance[i - VIEW_SIDE]!;
      total += Math.hypot(across.upright[i]!, across.level[i]!);
    }
  }
  if (total === 0) return undefined;
  const perStep = luminance.length / total;
  return BANDS.map((band) => perStep * strongestLine(band.isUpright ? across.upright : across.level, band))
    .sort((a, b) => b - a)
    .slice(0, 2);
}

function strongestLine(steps: Float32Array, { isUpright, from, to }: (typeof BANDS)[number]): number {
  const [along, aside] = isUpright ? [VIEW_SIDE, 1] : [1, VIEW_SIDE];
  let strongest = 0;
  for (let middle = from; middle < to; middle++) {
    for (let slope = -SLOPE_MAX; slope <= SLOPE_MAX + SLOPE_STEP / 2; slope += SLOPE_STEP) {
      let sum = 0;
      let length = 0;
      for (let t = MARGIN; t < VIEW_SIDE - MARGIN; t++) {
        const place = Math.round(middle + slope * (t - VIEW_SIDE / 2));
        if (place < 1 || place >= VIEW_SIDE - 1) continue;
        sum += Math.max(-STEP_MAX, Math.min(STEP_MAX, steps[t * along + place * aside]!));
        length++;
      }
      if (length >= LENGTH_MIN) strongest = Math.max(strongest, Math.abs(sum) / length);
    }
  }
  return strongest;
}
