import type { PadView } from '../pad-view.ts';
import { logRatio, logSaturationRatio, quantile, saturationBetween, sorted } from '../tones.ts';

/**
 * Highlights of the face: logarithms of its brightest tones against its middle, and of their saturation against that of
 * middling tones. Skin shines in small spots; glass and glossy paper in wide pale ones, or not at all.
 *
 * @source after Wen, Han and Jain, Face spoof detection with image distortion analysis, IEEE TIFS 10, 2015, for the cue.
 */
export function specular({ face }: PadView): number[] | undefined {
  const raster = face();
  if (!raster) return undefined;
  const levels = sorted(raster.luminance);
  return [
    logRatio(quantile(levels, 0.995), quantile(levels, 0.5)),
    logRatio(quantile(levels, 0.995), quantile(levels, 0.9)),
    logSaturationRatio(
      saturationBetween(raster, levels, [0.95, 1]),
      saturationBetween(raster, levels, [0.4, 0.6]),
    ),
  ];
}
