import type { ClipKind } from './frame-wise.ts';
import type { ClipReading } from './read-clip.ts';

/** The list that a photograph's person is on; `real` of clips that a camera took. */
export const CLIP_SETS = ['train', 'test', 'real'] as const;

/** A development clip and what the signals read of it. */
export interface ReadClip {
  readonly set: (typeof CLIP_SETS)[number];
  readonly id: string;
  readonly subject: string;
  readonly kind: 'genuine' | 'swap by a network' | ClipKind;
  readonly reading: ClipReading;
}
