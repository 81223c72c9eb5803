import type { AnalysedFace, Injection } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { imageErrorCodeOf } from '../errors.ts';
import type { OpenMedium } from './case-seals.ts';
import { PICTURE_TO_SHOW } from './policy.ts';

/** What was seen in a medium. */
export interface Seen {
  /** Of a picture the most prominent face; of a clip that of each frame which has one. */
  readonly faces: readonly AnalysedFace[];
  /** Of all faces together. Absent without a face. */
  readonly injection?: Injection;
  /** For people to look at. */
  readonly shown: readonly ShownMedium[];
}

/** A picture that was made of a medium, or the medium itself. */
export interface ShownMedium extends Omit<OpenMedium, 'bytes'> {
  /** Absent of what is shown as it came. */
  readonly bytes?: Uint8Array;
}

export type Look = Seen | 'unreadable';

/** @throws whatever is not the medium's own fault. */
export async function look(work: () => Promise<Look>): Promise<Look> {
  try {
    return await work();
  } catch (error) {
    if (imageErrorCodeOf(error) === undefined) throw error;
    return 'unreadable';
  }
}

/** The picture compressed anew, without what its file said of itself. */
export async function toShow(
  processor: FaceProcessor,
  { name, bytes }: OpenMedium,
  signal: AbortSignal,
): Promise<OpenMedium[]> {
  const request = { faces: 'central', resize: PICTURE_TO_SHOW } as const;
  const { resized } = await processor.process(Uint8Array.from(bytes), request, signal);
  return resized === undefined ? [] : [{ name, contentType: 'image/jpeg', bytes: resized }];
}
