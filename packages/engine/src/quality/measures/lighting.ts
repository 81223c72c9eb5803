import { logistic } from '../../signals/logistic.ts';
import type { FaceWindow } from '../measure-context.ts';
import { type Histogram, meanOf, quantileOf } from '../window/luminance.ts';
import { extentOf } from '../window/polygon.ts';
import type { Measure } from './measure.ts';

/** Fewer pixels of a cheek or half a forehead are not compared. */
const PIXELS_MIN = 24;

/** Levels of luminance that count as one, so that the grain of small cheeks does not tell them apart. */
const BIN = 8;

/** @source ISO/IEC 29794-5 illumination uniformity: intersection of the two cheeks' histograms. */
export const illuminationUniformity: Measure = (context) => {
  const right = context.face()?.histogram('rightCheek');
  const left = context.face()?.histogram('leftCheek');
  if (!right || !left || Math.min(right.total, left.total) < PIXELS_MIN) return undefined;
  let shared = 0;
  for (let bin = 0; bin < 256; bin += BIN) shared += Math.min(binShare(right, bin), binShare(left, bin));
  return shared;
};

function binShare({ counts, total }: Histogram, bin: number): number {
  return counts.subarray(bin, bin + BIN).reduce((sum, count) => sum + count, 0) / total;
}

/** Ratio of brightness between the halves of a face, as a natural logarithm, that is as likely shadow as not. */
const SHADOW = { midpoint: 0.75, width: 0.1 };

/** A half that is much darker than the other, at the cheeks or at the forehead. Shadows alike on both sides are not seen. */
export const faceShadow: Measure = (context) => {
  const face = context.face();
  const ratios = face && [
    halves(face, 'rightCheek', 'leftCheek'),
    halves(face, 'rightForehead', 'leftForehead'),
  ];
  const told = ratios?.filter((ratio) => ratio !== undefined) ?? [];
  return told.length === 0 ? undefined : logistic(Math.max(...told), SHADOW);
};

function halves(
  face: FaceWindow,
  right: 'rightCheek' | 'rightForehead',
  left: 'leftCheek' | 'leftForehead',
): number | undefined {
  const [one, other] = [face.histogram(right), face.histogram(left)];
  if (Math.min(one.total, other.total) < PIXELS_MIN) return undefined;
  return Math.abs(Math.log((meanOf(one) + 4) / (meanOf(other) + 4)));
}

/** Share of the face in highlights that is as likely glare as not. */
const GLARE = { midpoint: 0.05, width: 0.01 };

/**
 * Spots of the skin that are all but white while the face as a whole is not: at least 235 and a third brighter than the
 * median.
 */
export const glare: Measure = (context) => {
  const face = context.face();
  if (!face) return undefined;
  const histogram = face.histogram('face');
  if (histogram.total < PIXELS_MIN) return undefined;
  const least = Math.max(235, (quantileOf(histogram, 0.5) * 4) / 3);
  const region = face.region('face');
  const { first, end } = extentOf(region);
  const lips = face.region('lips').data;
  const luminance = face.luminance();
  let bright = 0;
  for (let i = first; i < end; i++) {
    if (region.data[i] === 1 && lips[i] === 0 && luminance[i]! >= least) bright++;
  }
  return logistic(bright / histogram.total, GLARE);
};
