import type { MeasuredQuality } from '@facegate/engine/vocabulary';
import { type ComponentRule, percent, when } from './component-rule.ts';
import { absence, cosineSquared, sigmoid } from './maps.ts';

/** Turns that documents allow, degrees. */
const TURN_MAX = { yaw: 5, pitch: 8, roll: 5 };

/** The larger of two probabilities, of those that are known. */
function worse(...[a, b]: readonly [number | undefined, number | undefined]): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

const turn = (axis: keyof typeof TURN_MAX, [back, forth]: readonly [string, string]): ComponentRule => ({
  native: (measured) => measured[axis],
  quality: cosineSquared,
  advice: (x) => {
    const by = `${Math.round(Math.abs(x))}°`;
    return when(Math.abs(x) > TURN_MAX[axis], (x > 0 ? back : forth).replace('{}', by));
  },
});

const eyesOccluded = (measured: MeasuredQuality) =>
  worse(measured['right-eye-occluded'], measured['left-eye-occluded']);

/** Components of how the head is held, what the face does and what hides it. */
export const BEARING_RULES = {
  'head-pose-yaw': turn('yaw', ['Turn your head {} to the right.', 'Turn your head {} to the left.']),
  'head-pose-pitch': turn('pitch', ['Lower your chin by {}.', 'Raise your chin by {}.']),
  'head-pose-roll': turn('roll', [
    'Tilt your head {} towards your left shoulder.',
    'Tilt your head {} towards your right shoulder.',
  ]),
  'eyes-open': {
    native: (measured) => measured['eye-opening'],
    quality: (x) => 100 * sigmoid(x, 0.02, 0.01),
    advice: (x) => when(x < 0.03, 'Open your eyes wide.'),
  },
  'mouth-closed': {
    native: (measured) => measured['mouth-opening'],
    quality: (x) => 100 * (1 - sigmoid(x, 0.2, 0.06)),
    advice: (x) => when(x > 0.1, 'Close your mouth.'),
  },
  /** Ours: probability of dark glasses in place of the occluded share of the eyes. */
  'eyes-visible': {
    native: eyesOccluded,
    quality: absence,
    advice: (x) => when(x > 0.5, 'Take off what hides your eyes.'),
  },
  /** Ours: probability of a mask in place of the occluded share of the mouth. */
  'mouth-occlusion-prevention': {
    native: (measured) => measured['face-mask'],
    quality: absence,
    advice: (x) => when(x > 0.5, 'Take off what hides your mouth.'),
  },
  'face-occlusion-prevention': {
    native: (measured) => measured['face-occlusion'],
    quality: absence,
    advice: (x) => when(x > 0.06, `${percent(x)} of the face are hidden; leave it free.`),
  },
  /** Ours: a probability from one network in place of the reference's two. */
  'expression-neutrality': {
    native: (measured) => measured.expression,
    quality: absence,
    advice: (x) => when(x > 0.84, 'Look neutral.'),
  },
  /** Ours: a probability in place of the covered share of the head. */
  'no-head-coverings': {
    native: (measured) => measured['head-covering'],
    quality: absence,
    advice: (x) => when(x > 0.5, 'Take off what covers your head.'),
  },
} as const satisfies Record<string, ComponentRule>;
