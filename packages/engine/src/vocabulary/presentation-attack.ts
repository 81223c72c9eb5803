/** What a picture is examined for, each by itself: a decision must be able to say what it rests on. */
export const PAD_SIGNALS = [
  'network',
  'moire',
  'texture',
  'colour-gamut',
  'specular',
  'frame-edge',
  'focus',
] as const;

export type PadSignal = (typeof PAD_SIGNALS)[number];

export interface PadEvidence {
  readonly signal: PadSignal;
  /** Natural logarithm of how many times likelier an attack makes what was seen than a bona fide presentation does. */
  readonly logLikelihoodRatio: number;
}

/**
 * Whether the face was in front of the camera itself or shown to it on paper or a screen (ISO/IEC 30107-1). Says
 * nothing of pictures that never saw a camera.
 */
export interface PresentationAttack {
  /** `undetermined`: what was seen does not carry a decision. */
  readonly outcome: 'bona-fide' | 'attack' | 'undetermined';
  /** Calibrated on development data at even odds, 0..1. */
  readonly attackProbability: number;
  /** `low`: the surroundings of the face are cut off, or the pack has no network for this. */
  readonly assurance: 'normal' | 'low';
  /** Of the signals that could be measured. */
  readonly evidence: readonly PadEvidence[];
}
