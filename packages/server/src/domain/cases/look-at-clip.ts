import type { AnalysedFrame } from '@facegate/engine/vocabulary';
import type { ProofName } from './case.ts';
import type { OpenMedium } from './case-seals.ts';
import { type Look, look } from './look.ts';
import { INJECTION_REQUEST } from './look-at-picture.ts';
import type { CaseParts } from './parts.ts';
import { PICTURE_TO_SHOW } from './policy.ts';

/** Looks for manipulation in frames of a clip. What cannot be seen whole is as good as not seen. */
export const lookAtClip = (
  { processor, scratch }: Pick<CaseParts, 'processor' | 'scratch'>,
  medium: OpenMedium,
  signal: AbortSignal,
): Promise<Look> =>
  look(async () => {
    const request = { ...INJECTION_REQUEST, pictures: PICTURE_TO_SHOW };
    const { facts, frames, injection } = await scratch.withFile(medium.bytes, (path) =>
      processor.processVideo(path, request, signal),
    );
    if (!facts.isWhole) return 'unreadable';
    return {
      faces: frames.flatMap(({ faces }) => faces.slice(0, 1)),
      ...(injection && { injection }),
      shown: [medium, ...still('first-frame', frames[0]), ...still('worst-frame', worstOf(frames))],
    };
  });

const still = (name: ProofName, frame: AnalysedFrame | undefined): OpenMedium[] =>
  frame?.picture === undefined ? [] : [{ name, contentType: 'image/jpeg', bytes: frame.picture }];

/** The frame whose face looks most manipulated. */
function worstOf(frames: readonly AnalysedFrame[]): AnalysedFrame | undefined {
  const probabilityOf = ({ faces: [face] }: AnalysedFrame): number =>
    face?.injection?.manipulationProbability ?? 0;
  const withFace = frames.filter(({ faces }) => faces.length > 0);
  return withFace.toSorted((a, b) => probabilityOf(b) - probabilityOf(a))[0];
}
