import { boxArea, boxAround } from '../../geometry/boxes.ts';
import type { MeasureContext } from '../measure-context.ts';
import type { Measure } from './measure.ts';

export const otherFaces: Measure = ({ subject }) => subject.otherFaces.length;

/** @source ISO/IEC 29794-5 single face present. */
export const otherFaceArea: Measure = (context) => {
  const largest = Math.max(0, ...context.subject.otherFaces.map(boxArea));
  const own = ownArea(context);
  return own > 0 ? largest / own : undefined;
};

/** Boxes of faces are drawn around their meshes; an average one is 2.25 by 2.65 eye distances. */
const ownArea = ({ subject: { mesh }, eyeDistance }: MeasureContext): number =>
  mesh ? boxArea(boxAround(mesh)) : 2.25 * 2.65 * eyeDistance ** 2;
