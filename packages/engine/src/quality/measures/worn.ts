import { logistic } from '../../signals/logistic.ts';
import { clamp } from '../curves.ts';
import type { FaceWindow } from '../measure-context.ts';
import { histogramOf, meanOf, shareBetween } from '../window/luminance.ts';
import { copyPolygon, ellipse, emptyMask, fillPolygon, type Mask } from '../window/polygon.ts';
import type { Measure } from './measure.ts';

export const darkGlasses: Measure = async ({ subject }) => (await subject.signals.glasses())?.dark;

export const faceMask: Measure = ({ subject }) => subject.signals.faceMask();

/** Share of the lenses in white that is as likely a disturbing reflection as not. */
const REFLECTION = { midpoint: 0.06, width: 0.015 };

/** White patches around the eyes of somebody who wears glasses. Without glasses 0. */
export const glassesReflection: Measure = async (context) => {
  const glasses = await context.subject.signals.glasses();
  const face = context.face();
  if (!glasses || !face) return undefined;
  const histogram = histogramOf(face.luminance(), lenses(face, 0.38));
  if (histogram.total === 0) return undefined;
  return (1 - glasses.none) * logistic(shareBetween(histogram, 240, 255), REFLECTION);
};

/**
 * How dark a ring about the lenses is against the cheeks, 0..10, of somebody who wears glasses. Brows cross its upper half,
 * so only the lower one counts. Without glasses 0.
 */
export const heavyFrames: Measure = async (context) => {
  const glasses = await context.subject.signals.glasses();
  const face = context.face();
  if (!glasses || !face) return undefined;
  const histogram = histogramOf(face.luminance(), lowerRim(face));
  const cheeks = face.histogram('rightCheek');
  if (histogram.total === 0 || cheeks.total === 0) return undefined;
  const dark = shareBetween(histogram, 0, Math.round(meanOf(cheeks) * 0.5));
  return (1 - glasses.none) * clamp(20 * dark, 0, 10);
};

/** Discs about both eyes, radius in eye distances. */
function lenses(face: FaceWindow, radius: number): Mask {
  const mask = emptyMask(face.image.width, face.image.height);
  for (const side of [-0.5, 0.5]) copyPolygon(mask, discAt(face, side, radius), face.visible);
  return mask;
}

/** What lies between two discs, from a little below the eyes down. */
function lowerRim(face: FaceWindow): Mask {
  const mask = lenses(face, 0.5);
  for (const side of [-0.5, 0.5]) fillPolygon(mask, discAt(face, side, 0.26), 0);
  mask.data.fill(0, 0, Math.round(face.eyeMiddle.y + 0.1 * face.eyeDistance) * mask.width);
  return mask;
}

function discAt({ eyeMiddle, eyeDistance }: FaceWindow, side: number, radius: number) {
  const centre = { x: eyeMiddle.x + side * eyeDistance, y: eyeMiddle.y };
  return ellipse(centre, radius * eyeDistance, radius * eyeDistance);
}
