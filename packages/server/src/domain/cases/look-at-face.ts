import type { AnalysisRequest } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { OpenMedium } from './case-seals.ts';
import { type Look, look, toShow } from './look.ts';

interface AskedFace {
  readonly medium: OpenMedium;
  /** Of the face. */
  readonly wanted: Pick<AnalysisRequest, 'template' | 'attributes'>;
  /** Whether people will look at the picture. @default true */
  readonly isShown?: boolean;
}

/** Looks at the central face of a picture for what is wanted of it. */
export const lookAtFace = (
  processor: FaceProcessor,
  { medium, wanted, isShown = true }: AskedFace,
  signal: AbortSignal,
): Promise<Look> =>
  look(async () => {
    const request = { faces: 'central', ...wanted } as const;
    const { faces } = await processor.process(Uint8Array.from(medium.bytes), request, signal);
    return { faces, shown: isShown ? await toShow(processor, medium, signal) : [] };
  });
