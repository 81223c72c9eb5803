import type { AnalysedFrame } from '@facegate/engine/vocabulary';
import type { Content } from '../../ports/content.ts';
import type { ProofName } from './case.ts';
import { type Look, look, type ShownMedium } from './look.ts';
import { INJECTION_REQUEST } from './look-at-picture.ts';
import type { CaseParts } from './parts.ts';
import { PICTURE_TO_SHOW } from './policy.ts';

const CLIP: ShownMedium = { name: 'video', contentType: 'video/mp4' };

/** Looks for manipulation in frames of a clip. What cannot be seen whole is as good as not seen. */
export const lookAtClip = (
  { processor, scratch }: Pick<CaseParts, 'processor' | 'scratch'>,
  clip: Content,
  signal: AbortSignal,
): Promise<Look> =>
  look(async () => {
    const request = { ...INJECTION_REQUEST, pictures: PICTURE_TO_SHOW };
    const { facts, frames, injection } = await scratch.withFile(clip.read(), (path) =>
      processor.processVideo(path, request, signal),
    );
    if (!facts.isWhole) return 'unreadable';
    return {
      faces: frames.flatMap(({ faces }) => faces.slice(0, 1)),
      ...(injection && { injection }),
      shown: [CLIP, ...still('first-frame', frames[0]), ...still('worst-frame', worstOf(frames))],
    };
  });

const still = (name: ProofName, frame: AnalysedFrame | undefined): ShownMedium[] =>
  frame?.picture === undefined ? [] : [{ name, contentType: 'image/jpeg', bytes: frame.picture }];

/** The frame whose face looks most manipulated. */
function worstOf(frames: readonly AnalysedFrame[]): AnalysedFrame | undefined {
  const probabilityOf = ({ faces: [face] }: AnalysedFrame): number =>
    face?.injection?.manipulationProbability ?? 0;
  const withFace = frames.filter(({ faces }) => faces.length > 0);
  return withFace.toSorted((a, b) => probabilityOf(b) - probabilityOf(a))[0];
}
