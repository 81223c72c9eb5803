import type { AnalysisRequest } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { OpenMedium } from './case-seals.ts';
import { type Look, look, toShow } from './look.ts';
import { DEFECT_MEASURES } from './policy.ts';

/** What is asked of a face that may be manipulated. */
export const INJECTION_REQUEST = {
  faces: 'central',
  injection: true,
  presentationAttack: true,
  quality: { of: 'picture', measures: DEFECT_MEASURES },
} as const satisfies AnalysisRequest;

/** Looks for manipulation in a picture: as it came, since compressing anew covers the traces. */
export const lookAtPicture = (
  processor: FaceProcessor,
  medium: OpenMedium,
  signal: AbortSignal,
): Promise<Look> =>
  look(async () => {
    const { faces } = await processor.process(Uint8Array.from(medium.bytes), INJECTION_REQUEST, signal);
    const injection = faces[0]?.injection;
    return { faces, ...(injection && { injection }), shown: await toShow(processor, medium, signal) };
  });
