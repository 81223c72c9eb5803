/**
 * Fitted by `npm run calibrate:pad` to 177 simulated bona fide presentations, prints and screens of LFW View 1's
 * training list each, networks also to 334 of its photographs as they are.
 */
import type { PadCalibration } from './calibration.ts';

export const PAD_CALIBRATION: PadCalibration = {
  signals: {
    network: { bias: 0.5544, weights: [0.2479, 0.1963] },
    moire: { bias: -8.6333, weights: [2.7681, 1.895] },
    spectrum: {
      bias: 6.2142,
      weights: [
        0.619, 0.1081, 0.7904, 0.0977, -0.5758, -0.2616, 0.4631, 0.5037, 0.5855, 0.0994, 0.4228, 0.2202,
        -0.1482, -0.4695,
      ],
    },
    'colour-gamut': { bias: 2.0626, weights: [2.571, -0.1891, -0.7931, -0.1242, -0.3591, -1.1783] },
    specular: { bias: 0.136, weights: [0.1194, -0.0611, 0.303] },
    'frame-edge': { bias: -3.0931, weights: [0.9404, 1.2256] },
    're-encoding': { bias: -0.287, weights: [-0.218, 4.7871] },
  },
  fusion: {
    withNetwork: {
      bias: -0.6314,
      shares: {
        network: 1,
        moire: 1.25,
        spectrum: 0.4535,
        'colour-gamut': 1.25,
        specular: 1.25,
        'frame-edge': 0.7002,
        're-encoding': 0,
      },
      attackFrom: 1.2585,
      bonaFideUpTo: -0.8633,
    },
    withoutNetwork: {
      bias: -0.1953,
      shares: {
        moire: 1.25,
        spectrum: 0.717,
        'colour-gamut': 1.2409,
        specular: 0.9368,
        'frame-edge': 0.8932,
        're-encoding': 0.1448,
      },
      attackFrom: 1.4797,
      bonaFideUpTo: Number.NEGATIVE_INFINITY,
    },
  },
};
