import type { Point } from '../../vocabulary/shapes.ts';
import { logistic } from '../curves.ts';
import type { Measure } from './measure.ts';

export const expression: Measure = async ({ subject }) => {
  const signal = await subject.signals.expression();
  return signal && 1 - signal.neutral;
};

export const smile: Measure = async ({ subject }) => (await subject.signals.expression())?.happy;

/** Inner edges of the lips in the mesh, upper and lower, side by side. */
const INNER_LIPS = [
  [13, 14],
  [82, 87],
  [312, 317],
  [81, 178],
  [311, 402],
] as const;

/** @source ISO/IEC 29794-5 mouth closed: the widest gap. */
export const mouthOpening: Measure = ({ subject: { mesh }, eyeToChin }) => {
  if (!mesh || !eyeToChin) return undefined;
  const gap = (p: Point, q: Point) => Math.hypot(p.x - q.x, p.y - q.y);
  return Math.max(...INNER_LIPS.map(([upper, lower]) => gap(mesh[upper]!, mesh[lower]!))) / eyeToChin;
};

/** Gap in eye-to-chin distances at which a mouth is as likely open as closed: teeth begin to show. */
const OPEN = 0.06;

export const mouthOpen: Measure = async (context) => {
  const opening = await mouthOpening(context);
  return opening === undefined ? undefined : logistic(opening, OPEN, 0.012);
};
