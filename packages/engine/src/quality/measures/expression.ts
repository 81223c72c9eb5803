import { lipGap } from '../../landmarks/lip-gap.ts';
import { logistic } from '../curves.ts';
import type { Measure } from './measure.ts';

export const expression: Measure = async ({ subject }) => {
  const signal = await subject.signals.expression();
  return signal && 1 - signal.neutral;
};

export const smile: Measure = async ({ subject }) => (await subject.signals.expression())?.happy;

/** @source ISO/IEC 29794-5 mouth closed: the widest gap. */
export const mouthOpening: Measure = ({ subject: { mesh }, eyeToChin }) =>
  mesh && eyeToChin ? lipGap(mesh) / eyeToChin : undefined;

/** Gap in eye-to-chin distances at which a mouth is as likely open as closed: teeth begin to show. */
const OPEN = 0.06;

export const mouthOpen: Measure = async (context) => {
  const opening = await mouthOpening(context);
  return opening === undefined ? undefined : logistic(opening, OPEN, 0.012);
};
