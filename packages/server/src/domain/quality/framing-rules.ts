import { type ComponentRule, percent, when } from './component-rule.ts';
import { absence, sigmoid } from './maps.ts';

/** Eye distance that documents ask for, px. */
const EYE_DISTANCE_NEEDED = 90;

/** Share of the height from chin to eyes that is best. */
const HEAD_SIZE_BEST = 0.45;

const crop = (measure: 'leftward-crop' | 'rightward-crop', side: 'left' | 'right'): ComponentRule => ({
  native: (measured) => measured[measure],
  quality: (x) => 100 * sigmoid(x, 0.9, 0.1),
  advice: (x) =>
    when(x < 0.9, `The picture ends ${x.toFixed(1)} eye distances beside your ${side} eye; 0.9 are needed.`),
});

const margin = (
  measure: 'margin-above' | 'margin-below',
  { side, needed }: { readonly side: 'above' | 'below'; readonly needed: number },
): ComponentRule => ({
  native: (measured) => measured[measure],
  quality: (x) => 100 * sigmoid(x, needed, 0.1),
  advice: (x) =>
    when(
      x < needed - 0.1,
      `Leave more room ${side} the face: ${percent(x / needed)} of what is needed is there.`,
    ),
});

/** Components of where the face is and what else is in the picture. */
export const FRAMING_RULES = {
  'single-face-present': {
    native: (measured) => measured['other-face-area'],
    quality: absence,
    advice: (x) => when(x > 0, `Another face is in the picture, ${percent(x)} of the size of yours.`),
  },
  /** Foreshortening taken out. */
  'inter-eye-distance': {
    native: ({ 'inter-eye-distance': distance, yaw = 0 }) =>
      distance && distance / Math.max(0.2, Math.cos((yaw * Math.PI) / 180)),
    quality: (x) => 100 * sigmoid(x, 70, 20),
    advice: (x) =>
      when(
        x < EYE_DISTANCE_NEEDED,
        `The eyes are ${Math.floor(x)} px apart; ${EYE_DISTANCE_NEEDED} are needed: come closer.`,
      ),
  },
  /** Signed here, so that advice knows the way: share of the height from chin to eyes, less what is best. */
  'head-size': {
    native: ({ 'head-size': size }) => size && size - HEAD_SIZE_BEST,
    quality: (x) => 200 * (1 - sigmoid(Math.abs(x), 0, 0.05)),
    advice: (x) =>
      when(x < -0.1, `The head is too small: ${percent(x + HEAD_SIZE_BEST)} of the height; come closer.`) ??
      when(x > 0.1, `The head is too large: ${percent(x + HEAD_SIZE_BEST)} of the height; step back.`),
  },
  'leftward-crop': crop('leftward-crop', 'left'),
  'rightward-crop': crop('rightward-crop', 'right'),
  'margin-above': margin('margin-above', { side: 'above', needed: 1.4 }),
  'margin-below': margin('margin-below', { side: 'below', needed: 1.8 }),
} as const satisfies Record<string, ComponentRule>;
