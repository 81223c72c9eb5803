import { openingOfMouth, openMouth } from '../../signals/mouth.ts';
import type { Measure } from './measure.ts';

export const expression: Measure = async ({ subject }) => {
  const signal = await subject.signals.expression();
  return signal && 1 - signal.neutral;
};

export const smile: Measure = async ({ subject }) => (await subject.signals.expression())?.happy;

/** @source ISO/IEC 29794-5 mouth closed: the widest gap. */
export const mouthOpening: Measure = ({ subject: { mesh } }) => mesh && openingOfMouth(mesh);

/** The same curve as of the attribute. */
export const mouthOpen: Measure = ({ subject: { mesh } }) => mesh && openMouth(mesh);
