import { apply, compose, invert } from '../../geometry/affine.ts';
import { logistic } from '../../signals/logistic.ts';
import type { Point, Rgb } from '../../vocabulary/shapes.ts';
import type { FaceWindow, MeasureContext } from '../measure-context.ts';
import { meanColour } from '../window/mean-colour.ts';
import type { Measure } from './measure.ts';

export const rightEyeClosed: Measure = async ({ subject }) => (await subject.signals.eyes())?.right.closed;

export const leftEyeClosed: Measure = async ({ subject }) => (await subject.signals.eyes())?.left.closed;

/** Dark glasses hide an eye; what else may, is not seen. */
export const eyeOccluded: Measure = async ({ subject }) => (await subject.signals.glasses())?.dark;

/** Turn of the irises, of half the eye, that is as likely a look aside as not. */
const GAZE_ASIDE = { midpoint: 0.35, width: 0.05 };

/** Both eyes turn together: their mean is steadier than either. */
export const gazeOff: Measure = async ({ subject }) => {
  const eyes = await subject.signals.eyes();
  if (!eyes) return undefined;
  const x = (eyes.right.gaze.x + eyes.left.gaze.x) / 2;
  const y = (eyes.right.gaze.y + eyes.left.gaze.y) / 2;
  return logistic(Math.hypot(x, y), GAZE_ASIDE);
};

/** Middles of the upper and the lower lid in the mesh: the subject's right, left. */
const LIDS = [
  [159, 145],
  [386, 374],
] as const;

/** @source ISO/IEC 29794-5 eyes open. */
export const eyeOpening: Measure = ({ subject: { mesh }, eyeToChin }) => {
  if (!mesh || !eyeToChin) return undefined;
  const gaps = LIDS.map(([upper, lower]) => distance(mesh[upper]!, mesh[lower]!));
  return Math.min(...gaps) / eyeToChin;
};

const distance = (p: Point, q: Point): number => Math.hypot(p.x - q.x, p.y - q.y);

/** Radius of an iris ÷ distance of the eyes: 11.7 mm across, 63 mm apart. */
const IRIS_RADIUS = 0.093;

/** Share of the iris aglow that is as likely a flash's reflection as not. */
const AGLOW = { midpoint: 0.2, width: 0.04 };

/** Red ÷ the larger of green and blue, at least; and 1.6 times that of the cheeks, lest a red cast count. */
const REDNESS_MIN = 2.2;

const redness = ([red, green, blue]: Rgb): number => red / Math.max(green, blue, 1);

/** Flash reflected by the retina: pixels of the iris far redder than any iris or lid. The worse eye counts. */
export const redEyes: Measure = async (context) => {
  const face = context.face();
  if (!face) return undefined;
  const irises = await irisesIn(face, context);
  const skin = meanColour(face.image, [face.region('rightCheek'), face.region('leftCheek')]);
  const least = Math.max(REDNESS_MIN, skin ? 1.6 * redness(skin) : 0);
  const shares = irises.map((iris) => redShare(face, iris, least));
  return logistic(Math.max(...shares), AGLOW);
};

interface Iris {
  readonly centre: Point;
  readonly radius: number;
}

/** Where the iris network sees them, else in the middle of the eyes. */
async function irisesIn(face: FaceWindow, { subject }: MeasureContext): Promise<readonly Iris[]> {
  const radius = IRIS_RADIUS * face.eyeDistance;
  const eyes = await subject.signals.eyes();
  const fromImage = invert(compose(subject.toImage, face.toRaster));
  if (eyes && fromImage) {
    return [eyes.right, eyes.left].map(({ irisCentre }) => ({
      centre: apply(fromImage, irisCentre),
      radius,
    }));
  }
  const { subjectRightEye, subjectLeftEye } = subject.points;
  return [subjectRightEye, subjectLeftEye].map((eye) => ({ centre: face.place(eye), radius }));
}

function redShare({ image }: FaceWindow, { centre, radius }: Iris, least: number): number {
  let red = 0;
  let seen = 0;
  for (
    let y = Math.max(0, Math.floor(centre.y - radius));
    y < Math.min(image.height, centre.y + radius);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(centre.x - radius));
      x < Math.min(image.width, centre.x + radius);
      x++
    ) {
      if (Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) > radius) continue;
      const p = 3 * (y * image.width + x);
      const others = Math.max(image.pixels[p + 1]!, image.pixels[p + 2]!);
      if (image.pixels[p]! >= 80 && image.pixels[p]! > least * others) red++;
      seen++;
    }
  }
  return seen === 0 ? 0 : red / seen;
}
