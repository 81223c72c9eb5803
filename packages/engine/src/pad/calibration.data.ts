/**
 * Fitted by `npm run calibrate:pad` to 260 subjects of LFW View 1's training list, each taken anew as it is, from a print
 * and from a screen; networks also to 334 of its photographs as they are.
 */
import type { PadCalibration } from './calibration.ts';

export const PAD_CALIBRATION: PadCalibration = {
  signals: {
    network: { bias: 0.2882, weights: [0.2186, 0.1896] },
    moire: {
      bias: -5.9555,
      weights: [
        0.3411, 0.6024, -0.0854, 0.1477, 0.2869, 0.6379, 0.0066, 0.0852, 0.4674, 0.4992, 0.1431, -0.0427,
        0.3774, 0.2652, 0.1284, 0.1335,
      ],
    },
    spectrum: {
      bias: 5.6092,
      weights: [
        -0.0502, 0.5408, 0.9278, 0.6731, 0.4715, 0.7382, -0.2347, -0.0053, 0.2633, 0.2685, 0.3457, 0.3682,
        0.2568, -0.262, -0.0682, 0.0756, -0.0112, 0.0167, 0.1212, 0.0982,
      ],
    },
    texture: {
      bias: -8.1752,
      weights: [
        -0.2177, 2.3905, 2.1029, 1.1811, -1.6279, -1.3055, -0.4284, 0.279, -0.6871, -0.2569, -0.3351, 0.9862,
        -1.2577, 0.2217, -0.6293, -0.2437, -0.8691, -0.1717, -1.2557, -0.8653,
      ],
    },
    'colour-gamut': { bias: 2.4626, weights: [1.5792, -0.0112, -1.1606, 0.163, 0.3016, -0.6791] },
    specular: { bias: 0.3282, weights: [-0.535, 0.4494, 0.2976] },
    'frame-edge': {
      bias: -2.5519,
      weights: [0.6638, 0.326, 0.6266, 0.1938, -0.0122, 0.1838, -0.0773, 0.1724, 0.2637, 0.2628],
    },
    're-encoding': { bias: -0.6767, weights: [0.5426, 1.8597] },
  },
  fusion: {
    withNetwork: {
      bias: -0.395,
      shares: {
        network: 1,
        moire: 1.0765,
        spectrum: 0.0182,
        texture: 0.8722,
        'colour-gamut': 1.25,
        specular: 0.9261,
        'frame-edge': 0.7756,
        're-encoding': 0,
      },
      attackFrom: 1.28,
      bonaFideUpTo: -0.4199,
    },
    withoutNetwork: {
      bias: -0.1486,
      shares: {
        moire: 1.1482,
        spectrum: 0.2826,
        texture: 0.7281,
        'colour-gamut': 1.25,
        specular: 0.0791,
        'frame-edge': 0.9895,
        're-encoding': 0,
      },
      attackFrom: 1.5264,
      bonaFideUpTo: Number.NEGATIVE_INFINITY,
    },
  },
};
