import { INJECTION_SIGNALS, type Injection, type InjectionEvidence } from '../../vocabulary/injection.ts';
import { type FusionFit, fuse } from '../fusion.ts';
import { FUSION_FIT } from '../weights.data.ts';

/**
 * Joins the judgements of a video's frames: each signal counts with its mean over the frames in which it could be measured.
 * Means, not sums: frames of one video err alike, and a hundred of them are no surer than one.
 *
 * @returns undetermined at ½ when no frame carries evidence.
 */
export function fuseFrames(frames: readonly Injection[], fit: FusionFit = FUSION_FIT): Injection {
  const evidence = INJECTION_SIGNALS.flatMap((signal): InjectionEvidence[] => {
    const ratios = frames.flatMap((frame) =>
      frame.evidence.flatMap((found) => (found.signal === signal ? [found.logLikelihoodRatio] : [])),
    );
    if (ratios.length === 0) return [];
    return [{ signal, logLikelihoodRatio: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length }];
  });
  return fuse(evidence, fit);
}
