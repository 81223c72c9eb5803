/** What a picture is examined for, each by itself: a decision must be able to say what it rests on. */
export const INJECTION_SIGNALS = [
  /** What the file says of its own making. */
  'provenance',
  /** Traces of up-sampling in the face. */
  'spectrum',
  /** Noise of the face against that of its surroundings. */
  'noise-residual',
  /** Borders of JPEG's blocks where the file has none. */
  'jpeg-grid',
  /** A face that was compressed otherwise than its surroundings. */
  'double-compression',
  /** Colour noise and tint of the face against its surroundings. */
  'colour',
  /** Detail on the way across the outline of the face. */
  'blending-boundary',
] as const;

export type InjectionSignal = (typeof INJECTION_SIGNALS)[number];

/** A network that the model pack brings: `network:` and its name in the manifest. */
export type NetworkSignal = `network:${string}`;

export const isNetworkSignal = (signal: InjectionSignal | NetworkSignal): signal is NetworkSignal =>
  signal.startsWith('network:');

export interface InjectionEvidence {
  readonly signal: InjectionSignal | NetworkSignal;
  /**
   * Natural logarithm of how many times likelier a manipulation makes what was seen than an untouched picture does; 0 of
   * a network that is not calibrated, whose word counts for nothing.
   */
  readonly logLikelihoodRatio: number;
  /** Of networks: log-odds of a manipulation as the network itself has them, not calibrated. */
  readonly networkLogOdds?: number;
}

/**
 * Whether a face is what a camera saw, or was swapped, generated or edited: media that are fed in behind the camera
 * (CEN/TS 18099). Says nothing of faces shown to a camera on paper or a screen.
 */
export interface Injection {
  /** `undetermined`: what was seen does not carry a decision. */
  readonly outcome: 'genuine' | 'manipulated' | 'undetermined';
  /** Calibrated on development data at even odds, 0..1. */
  readonly manipulationProbability: number;
  /** Of the signals that could be measured. */
  readonly evidence: readonly InjectionEvidence[];
}

/** What the bytes of a file declare of their origin. Easily taken off, so its absence says nothing. */
export interface Provenance {
  /**
   * The signed manifest (C2PA), where there is one: `valid` when the bytes are those that were signed, whoever signed
   * them; `invalid` when they are not; `unreadable` when the file carries one that could not be checked.
   */
  readonly manifest: 'absent' | 'valid' | 'invalid' | 'unreadable';
  /** The file calls itself the work of a generator: in a manifest or XMP, in EXIF's Software, or by a PNG's prompt. */
  readonly isDeclaredGenerated: boolean;
}
