/**
 * Fitted by `npm run calibrate:pad` to 260 subjects of LFW View 1's training list, each taken anew as it is, from a print
 * and from a screen; networks also to 334 of its photographs as they are.
 */
import type { PadCalibration } from './calibration.ts';

export const PAD_CALIBRATION: PadCalibration = {
  signals: {
    network: { bias: 0.2882, weights: [0.2186, 0.1896] },
    moire: {
      bias: -9.1096,
      weights: [
        0.3644, 0.4594, 0.0479, 0.0317, 0.1255, 0.4924, 0.047, 0.0761, 0.4815, 0.5135, 0.2388, 0.1672, 0.535,
        0.5679, 0.1227, 0.1331,
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
    specular: { bias: 0.1505, weights: [0.2787, 1.0497, 0.614, -0.8902, -0.2336, 0.2124] },
    'frame-edge': {
      bias: -2.5436,
      weights: [0.6574, 0.3291, 0.6275, 0.1987, -0.0096, 0.1773, -0.0776, 0.1707, 0.2678, 0.2599],
    },
    focus: { bias: 0.1682, weights: [0.7013, -0.6937, 0.1585, 1.8005, 3.077, -0.0879] },
  },
  fusion: {
    withNetwork: {
      bias: -0.2915,
      shares: {
        network: 1,
        moire: 1.25,
        texture: 0.856,
        'colour-gamut': 1.25,
        specular: 1.25,
        'frame-edge': 0.838,
        focus: 0.8954,
      },
      attackFrom: 1.3835,
      bonaFideUpTo: -0.1957,
    },
    withoutNetwork: {
      bias: -0.0079,
      shares: {
        moire: 1.25,
        texture: 0.8464,
        'colour-gamut': 1.25,
        specular: 0.7302,
        'frame-edge': 1.1137,
        focus: 0.8457,
      },
      attackFrom: 1.6671,
      bonaFideUpTo: Number.NEGATIVE_INFINITY,
    },
  },
};
