import type { ManipulationName } from './manipulations.ts';

/** A picture to be judged, encoded as all others of its set are. */
export interface Trial {
  /** Of the picture it was made of. */
  readonly id: string;
  readonly subject: string;
  readonly kind: 'genuine' | 'stylegan3' | ManipulationName;
  readonly bytes: Uint8Array;
}
