import type { SignalFit } from './calibration.ts';
import type { FusionFit } from './fusion.ts';
import type { PixelSignal } from './read-signals.ts';

export const SIGNAL_FITS: Readonly<Partial<Record<PixelSignal, SignalFit>>> = {};

export const FUSION_FIT: FusionFit = { weights: {}, genuineMax: 0, manipulatedMin: 1 };
