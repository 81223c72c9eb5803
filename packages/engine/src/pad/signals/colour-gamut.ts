import type { PadView } from '../pad-view.ts';
import { logRatio, logSaturationRatio, quantile, saturationBetween, sorted } from '../tones.ts';

/**
 * Which tones and colours are reached: logarithms of the face's black and of its dark and light tones against its middle,
 * of the saturation of dark tones and of the most saturated ones against that of middling ones, and the black and the
 * strongest saturation of the surroundings. Inks and displays reach fewer colours than a scene, and their black is grey.
 *
 * @source after Boulkenafet, Komulainen and Hadid, Face spoofing detection using colour texture analysis, IEEE TIFS 11,
 *   2016, for the cue; the statistics are ours.
 */
export function colourGamut({ face, context }: PadView): number[] | undefined {
  const raster = face();
  if (!raster) return undefined;
  const levels = sorted(raster.luminance);
  const saturations = sorted(raster.saturation);
  const around = context();
  const levelsAround = sorted(around.luminance);
  const middle = saturationBetween(raster, levels, [0.4, 0.6]);
  return [
    logRatio(quantile(levels, 0.01), quantile(levels, 0.5)),
    logRatio(quantile(levels, 0.1), quantile(levels, 0.9)),
    logSaturationRatio(saturationBetween(raster, levels, [0, 0.05]), middle),
    logSaturationRatio(quantile(saturations, 0.95), quantile(saturations, 0.5)),
    logRatio(quantile(levelsAround, 0.01), quantile(levelsAround, 0.99)),
    quantile(sorted(around.saturation), 0.99),
  ];
}
