import { wrappedBoxMean } from '../box-mean.ts';
import { type PadView, VIEW_SIDE } from '../pad-view.ts';

/** Cycles per raster. Below, a face has structure of its own; beyond, the sampling of a screen leaves nothing. */
const CYCLES_MIN = 10;
const CYCLES_MAX = 62;
/** So near an axis, JPEG's blocks have peaks of their own. */
const AXIS_CYCLES = 2;
/** A peak is three frequencies wide, with its slopes five; its surroundings thirteen. */
const REACH = { peak: 1, slopes: 2, surroundings: 6 };
/** One peak alone may be chance: this many are stronger than the one that is read. */
const RANK = 20;

/**
 * How far the strongest narrow peaks of the face's spectrum stand above their surroundings, nepers of power, in luminance
 * and in blue against yellow. A screen's grid or a halftone, sampled by a camera, adds peaks at frequencies where faces
 * have a smooth spectrum.
 *
 * @source after Garcia and de Queiroz, Face-spoofing 2D-detection based on moiré-pattern analysis, IEEE TIFS 10, 2015.
 */
export function moire({ spectra }: PadView): number[] | undefined {
  const found = spectra();
  return found && [peakExcess(found.luminance), peakExcess(found.blueYellow)];
}

function peakExcess(spectrum: Float32Array): number {
  const peaks = wrappedBoxMean(spectrum.map(Math.exp), VIEW_SIDE, REACH.peak);
  const slopes = wrappedBoxMean(spectrum, VIEW_SIDE, REACH.slopes);
  const wide = wrappedBoxMean(spectrum, VIEW_SIDE, REACH.surroundings);
  const [inner, outer] = [(2 * REACH.slopes + 1) ** 2, (2 * REACH.surroundings + 1) ** 2];
  const excess: number[] = [];
  for (let v = AXIS_CYCLES + 1; v < VIEW_SIDE / 2; v++) {
    for (let u = 1 - VIEW_SIDE / 2; u < VIEW_SIDE / 2; u++) {
      const cycles = Math.hypot(u, v);
      if (cycles < CYCLES_MIN || cycles > CYCLES_MAX || Math.abs(u) <= AXIS_CYCLES) continue;
      const i = v * VIEW_SIDE + ((u + VIEW_SIDE) % VIEW_SIDE);
      const surroundings = (wide[i]! * outer - slopes[i]! * inner) / (outer - inner);
      excess.push(Math.log(peaks[i]!) - surroundings);
    }
  }
  return Float64Array.from(excess).sort()[excess.length - 1 - RANK]!;
}
