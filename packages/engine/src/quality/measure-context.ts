import { type Lab, labOf } from '../colour/cielab.ts';
import { once } from '../signals/once.ts';
import type { QualitySubject } from './quality-subject.ts';
import { type Outline, outlineIn } from './window/face-outline.ts';
import { type Histogram, histogramOf, luminanceOf } from './window/luminance.ts';
import { meanColour } from './window/mean-colour.ts';
import { copyPolygon, emptyMask, type Mask } from './window/polygon.ts';
import { type Surroundings, surroundingsOf } from './window/surroundings.ts';
import { type UprightWindow, uprightWindow } from './window/upright-window.ts';

/** What measures share. All of it is computed when first asked for, once. */
export interface MeasureContext {
  readonly subject: QualitySubject;
  /** Distance of the eye centres, raster px. */
  readonly eyeDistance: number;
  readonly eyeMiddle: { readonly x: number; readonly y: number };
  /** ISO/IEC 29794-5 calls it T, raster px. Undefined without a mesh. */
  readonly eyeToChin: number | undefined;
  /** With as much detail as blur and noise need. */
  readonly face: () => FaceWindow | undefined;
  /** With as little as colour needs: noise is averaged out. */
  readonly coarseFace: () => FaceWindow | undefined;
  readonly surroundings: () => Promise<Surroundings | undefined>;
}

export interface FaceWindow extends UprightWindow {
  readonly luminance: () => Uint8Array;
  /** Visible pixels of a part of the face; of a face without a mesh, about where it is. */
  readonly region: (outline: Outline) => Mask;
  readonly histogram: (outline: Outline) => Histogram;
  /** Mean colour of both cheeks; undefined when neither is visible or both are burnt out. */
  readonly cheekColour: () => Lab | undefined;
}

/** Distance of the eyes in the two windows, px. */
const EYE_DISTANCE_MAX = { fine: 64, coarse: 20 };

/** Just around the face, with the hairline and the edge of the jaw. */
const FACE_REACH = { sideways: 1.5, up: 1.3, down: 2.3 };

/** Chin in the mesh. */
const CHIN = 152;

export function measureContext(subject: QualitySubject): MeasureContext {
  const { subjectRightEye: right, subjectLeftEye: left } = subject.points;
  const eyeMiddle = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
  const chin = subject.mesh?.[CHIN];
  return {
    subject,
    eyeDistance: Math.hypot(left.x - right.x, left.y - right.y),
    eyeMiddle,
    eyeToChin: chin && Math.hypot(chin.x - eyeMiddle.x, chin.y - eyeMiddle.y),
    face: once(() => faceWindow(subject, EYE_DISTANCE_MAX.fine)),
    coarseFace: once(() => faceWindow(subject, EYE_DISTANCE_MAX.coarse)),
    surroundings: once(() => surroundingsOf(subject)),
  };
}

function faceWindow(subject: QualitySubject, eyeDistanceMax: number): FaceWindow | undefined {
  const window = uprightWindow(subject, FACE_REACH, eyeDistanceMax);
  if (!window) return undefined;
  const luminance = once(() => luminanceOf(window.image));
  const region = memoised((outline: Outline) => visibleRegion(window, outline, subject));
  const histogram = memoised((outline: Outline) => histogramOf(luminance(), region(outline)));
  const cheekColour = once(() => {
    const colour = meanColour(window.image, [region('rightCheek'), region('leftCheek')]);
    return colour && labOf(colour);
  });
  return { ...window, luminance, region, histogram, cheekColour };
}

function visibleRegion(window: UprightWindow, outline: Outline, { mesh }: QualitySubject): Mask {
  const { width, height } = window.image;
  return copyPolygon(emptyMask(width, height), outlineIn(window, outline, mesh), window.visible);
}

function memoised<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, () => Value>();
  return (key) => {
    const value = kept.get(key) ?? once(() => compute(key));
    kept.set(key, value);
    return value();
  };
}
