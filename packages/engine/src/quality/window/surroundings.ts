import { compose, invert } from '../../geometry/affine.ts';
import type { PersonMatte } from '../../signals/face-signals.ts';
import type { QualitySubject } from '../quality-subject.ts';
import { luminanceOf } from './luminance.ts';
import { emptyMask, type Mask } from './polygon.ts';
import { type UprightWindow, uprightWindow } from './upright-window.ts';

/** Head, shoulders and what is behind them. */
export interface Surroundings extends UprightWindow {
  readonly luminance: Uint8Array;
  /** Pixels that certainly show what is behind the person, not at its edge. */
  readonly background: Mask;
}

/** Enough to see patterns and edges behind a head; finer grain is not what a background is judged by, px. */
const EYE_DISTANCE_MAX = 32;

/** Three heads wide. */
const REACH = { sideways: 3, up: 3, down: 2.5 };

/** Of the matte. */
const OPACITY_MAX = 0.1;

/** How far the background keeps from the person, in eye distances. */
const CLEARANCE = 0.1;

/**
 * The surroundings of the head. With a matte of the person the background is what it leaves. Without one it is what lies
 * above the chin and well outside an ellipse about head and hair: less, but background on all but faces behind hats
 * and wide hair.
 */
export async function surroundingsOf(subject: QualitySubject): Promise<Surroundings | undefined> {
  const window = uprightWindow(subject, REACH, EYE_DISTANCE_MAX);
  if (!window) return undefined;
  const matte = await subject.signals.person();
  const person = (matte && matteMask(window, matte, subject)) ?? headMask(window);
  return { ...window, luminance: luminanceOf(window.image), background: behind(window, person) };
}

function matteMask(window: UprightWindow, matte: PersonMatte, { toImage }: QualitySubject): Mask | undefined {
  const fromImage = invert(matte.toImage);
  if (!fromImage) return undefined;
  const { width, height } = window.image;
  const mask = emptyMask(width, height);
  const { a, b, c, d, e, f } = compose(fromImage, compose(toImage, window.toRaster));
  for (let row = 0, i = 0; row < height; row++) {
    const y = row + 0.5;
    for (let column = 0; column < width; column++, i++) {
      const x = column + 0.5;
      mask.data[i] = opacityAt(matte, a * x + b * y + c, d * x + e * y + f) > OPACITY_MAX ? 1 : 0;
    }
  }
  return mask;
}

/** Of the nearest pixel; what the matte does not reach counts as person, being unknown. */
function opacityAt({ width, height, opacity }: PersonMatte, x: number, y: number): number {
  const isInside = x >= 0 && y >= 0 && x < width && y < height;
  return isInside ? opacity[((y | 0) * width + (x | 0)) | 0]! : 1;
}

/** An ellipse that holds head and hair, and everything from the chin down. */
function headMask({ image, eyeDistance, eyeMiddle }: UprightWindow): Mask {
  const mask = emptyMask(image.width, image.height);
  for (let y = 0, i = 0; y < image.height; y++) {
    const v = (y + 0.5 - eyeMiddle.y) / eyeDistance;
    for (let x = 0; x < image.width; x++, i++) {
      const u = (x + 0.5 - eyeMiddle.x) / eyeDistance;
      mask.data[i] = v > 1 || (u / 1.5) ** 2 + (v / 2.1) ** 2 < 1 ? 1 : 0;
    }
  }
  return mask;
}

/** Visible pixels whose neighbourhood is visible and free of the person. */
function behind({ image, visible, eyeDistance }: UprightWindow, person: Mask): Mask {
  const { width, height } = image;
  const mask = emptyMask(width, height);
  const reach = Math.max(1, Math.round(CLEARANCE * eyeDistance));
  const isFree = (i: number) => visible.data[i] === 1 && person.data[i] === 0;
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const i = y * width + x;
      const sides =
        isFree(i - reach) && isFree(i + reach) && isFree(i - reach * width) && isFree(i + reach * width);
      mask.data[i] = sides && isFree(i) ? 1 : 0;
    }
  }
  return mask;
}
