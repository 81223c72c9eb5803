import { logistic } from '../../signals/logistic.ts';
import type { MeasureContext } from '../measure-context.ts';
import { type Histogram, histogramOf, meanOf, quantileOf, shareBetween } from '../window/luminance.ts';
import type { Measure, Measured } from './measure.ts';

/** Fewer pixels of a face say nothing about its tones. */
const PIXELS_MIN = 64;

const ofFace =
  (measure: (histogram: Histogram) => Measured): Measure =>
  (context: MeasureContext) => {
    const histogram = context.face()?.histogram('face');
    return histogram && histogram.total >= PIXELS_MIN ? measure(histogram) : undefined;
  };

/**
 * Of the face with its hair and its edge: the tones of skin alone span a bit less than those of a good photograph.
 *
 * @source ISO/IEC 29794-5 dynamic range: Shannon entropy of the luminance.
 */
export const dynamicRange: Measure = (context) => {
  const face = context.face();
  const histogram = face && histogramOf(face.luminance(), face.visible);
  return histogram && histogram.total >= PIXELS_MIN ? entropyOf(histogram) : undefined;
};

const entropyOf = ({ counts, total }: Histogram): number =>
  counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);

/** 0..1. @source ISO/IEC 29794-5 luminance mean. */
export const luminanceMean: Measure = ofFace((histogram) => meanOf(histogram) / 255);

/** Of luminance as 0..1. @source ISO/IEC 29794-5 luminance variance. */
export const luminanceVariance: Measure = ofFace((histogram) => {
  const mean = meanOf(histogram);
  const squares = histogram.counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0);
  return squares / histogram.total / 255 ** 2;
});

/** @source ISO/IEC 29794-5 under-exposure prevention: 0..25 of 255. */
export const underExposed: Measure = ofFace((histogram) => shareBetween(histogram, 0, 25));

/** @source ISO/IEC 29794-5 over-exposure prevention: 247..255 of 255. */
export const overExposed: Measure = ofFace((histogram) => shareBetween(histogram, 247, 255));

/** Luminance, 0..255. */
const DARK = { midpoint: 68, width: 12 };
const BRIGHT = { midpoint: 208, width: 9 };
/** Share of the face that is burnt out. */
const BURNT_OUT = { midpoint: 0.12, width: 0.03 };

/**
 * Dark skin is not a dark picture: its highlights are bright. So the middle and the bright end of the face's tones count
 * alike.
 */
export const tooDark: Measure = ofFace((histogram) => {
  const level = (quantileOf(histogram, 0.5) + quantileOf(histogram, 0.95)) / 2;
  return 1 - logistic(level, DARK);
});

/** Either the whole face is bright or a good part of it is burnt out. */
export const tooLight: Measure = ofFace((histogram) =>
  Math.max(
    logistic(quantileOf(histogram, 0.5), BRIGHT),
    logistic(shareBetween(histogram, 247, 255), BURNT_OUT),
  ),
);
