import { type ComponentRule, percent, when } from './component-rule.ts';
import { absence, sigmoid } from './maps.ts';

/** The measure is 1 ÷ (1 + x ÷ 90), x being the mean Sobel magnitude that the component is defined by. */
const SOBEL_AT_HALF = 90;

/** Components of light, colour and focus. Maps without a note are those of the standard's reference implementation. */
export const LIGHT_RULES = {
  'background-uniformity': {
    native: ({ 'background-uniformity': uniformity }) => uniformity && SOBEL_AT_HALF * (1 / uniformity - 1),
    quality: (x) => 190 * (1 - sigmoid(x, 10, 100)),
    advice: (x) => when(x > 30, 'Stand in front of a plain background.'),
  },
  'illumination-uniformity': {
    native: (measured) => measured['illumination-uniformity'],
    quality: (x) => 100 * x ** 0.3,
    advice: (x) =>
      when(x < 0.1, `The light on both cheeks is only ${percent(x)} alike; let it fall from the front.`),
  },
  'luminance-mean': {
    native: (measured) => measured['luminance-mean'],
    quality: (x) => 100 * sigmoid(x, 0.2, 0.05) * (1 - sigmoid(x, 0.8, 0.05)),
    advice: (x) =>
      when(x < 0.2, `The face is too dark: its brightness is ${percent(x)}; 20 % are needed.`) ??
      when(x > 0.8, `The face is too bright: its brightness is ${percent(x)}; 80 % are the most.`),
  },
  'luminance-variance': {
    native: (measured) => measured['luminance-variance'],
    quality: (x) => 100 * Math.sin((Math.PI * 60 * x) / (60 * x + 1)),
    advice: (x) =>
      when(x < 0.003, 'The face has hardly any contrast; use more light.') ??
      when(x > 0.08, 'The light on the face is too hard; use softer light.'),
  },
  'under-exposure-prevention': {
    native: (measured) => measured['under-exposed'],
    quality: (x) => 120 * (0.832 - sigmoid(x, 0.92, 0.05)),
    advice: (x) => when(x > 0.2, `${percent(x)} of the face are black; use more light.`),
  },
  'over-exposure-prevention': {
    native: (measured) => measured['over-exposed'],
    quality: (x) => 1 / (x + 0.01),
    advice: (x) => when(x > 0.02, `${percent(x)} of the face are burnt out; use less light.`),
  },
  'dynamic-range': {
    native: (measured) => measured['dynamic-range'],
    quality: (x) => 12.5 * x,
    advice: (x) =>
      when(x < 6.5, `The face shows ${x.toFixed(1)} bits of tones; 7 are good. Use more even light.`),
  },
  /** Ours: edge width in place of the reference's trained classifier. */
  sharpness: {
    native: (measured) => measured.blur,
    quality: absence,
    advice: (x) => when(x > 0.3, 'The face is blurred; hold the camera still and focus on the eyes.'),
  },
  /** Ours: steps at the borders of JPEG's blocks in place of the reference's network. */
  'compression-artifacts': {
    native: (measured) => measured.compression,
    quality: absence,
    advice: (x) => when(x > 0.3, 'The picture is compressed too much; send the original.'),
  },
  'natural-colour': {
    native: (measured) => measured['skin-colour-distance'],
    quality: (x) => 200 * (1 - sigmoid(x, 0, 10)),
    advice: (x) => when(x > 6, 'The skin has an unnatural colour; use white light and no filter.'),
  },
} as const satisfies Record<string, ComponentRule>;
