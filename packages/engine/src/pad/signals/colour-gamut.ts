import type { PadView } from '../pad-view.ts';
import { levelAt, logRatio, logSaturationRatio, saturationAt, tonesOf } from '../tones.ts';

/**
 * Which tones and colours are reached: logarithms of the face's black and of its dark and light tones against its middle,
 * of the saturation of dark tones and of the most saturated ones against that of middling ones, and the black and the
 * strongest saturation of the surroundings. Inks and displays reach fewer colours than a scene, and their black is grey.
 *
 * @source after Boulkenafet, Komulainen and Hadid, Face spoofing detection using colour texture analysis, IEEE TIFS 11,
 *   2016, for the cue; the statistics are ours.
 */
export function colourGamut({ tones, surroundings }: PadView): number[] | undefined {
  const face = tones();
  if (!face) return undefined;
  const around = tonesOf(surroundings());
  const middle = saturationAt(face, 0.5, [0.4, 0.6]);
  return [
    logRatio(levelAt(face, 0.01), levelAt(face, 0.5)),
    logRatio(levelAt(face, 0.1), levelAt(face, 0.9)),
    logSaturationRatio(saturationAt(face, 0.5, [0, 0.05]), middle),
    logSaturationRatio(saturationAt(face, 0.95), saturationAt(face, 0.5)),
    logRatio(levelAt(around, 0.01), levelAt(around, 0.99)),
    saturationAt(around, 0.99),
  ];
}
