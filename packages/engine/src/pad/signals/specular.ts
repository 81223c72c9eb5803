import type { PadView } from '../pad-view.ts';
import { levelAt, logRatio, logSaturationRatio, saturationAt } from '../tones.ts';

/**
 * Highlights of the face: logarithms of its brightest tones against its middle, and of their saturation against that of
 * middling tones; then their squares, since too much tells as well as too little. Skin shines in small spots; glass and
 * glossy paper in wide pale ones, or not at all.
 *
 * @source after Wen, Han and Jain, Face spoof detection with image distortion analysis, IEEE TIFS 10, 2015, for the cue.
 */
export function specular({ tones }: PadView): number[] | undefined {
  const face = tones();
  if (!face) return undefined;
  const highlights = [
    logRatio(levelAt(face, 0.995), levelAt(face, 0.5)),
    logRatio(levelAt(face, 0.995), levelAt(face, 0.9)),
    logSaturationRatio(saturationAt(face, 0.5, [0.95, 1]), saturationAt(face, 0.5, [0.4, 0.6])),
  ];
  return [...highlights, ...highlights.map((value) => value * value)];
}
