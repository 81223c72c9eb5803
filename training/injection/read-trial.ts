import type { SignalReadings } from '../../packages/engine/src/injection/read-signals.ts';

/** A development picture and what the signals read of it. */
export interface ReadTrial {
  readonly set: 'lfw' | 'generated';
  readonly id: string;
  readonly subject: string;
  /** `genuine`, or how it was made. */
  readonly kind: string;
  readonly readings: SignalReadings;
}
