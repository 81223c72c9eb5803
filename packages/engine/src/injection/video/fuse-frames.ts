import {
  INJECTION_SIGNALS,
  type Injection,
  type InjectionEvidence,
  isNetworkSignal,
} from '../../vocabulary/injection.ts';
import { type FusionFit, fuse } from '../fusion.ts';
import { FUSION_FIT } from '../weights.data.ts';

/**
 * Joins the judgements of a video's frames: each signal counts with its mean over the frames in which it could be measured.
 * Means, not sums: frames of one video err alike, and a hundred of them are no surer than one.
 *
 * @returns undetermined at ½ when no frame carries evidence.
 */
export function fuseFrames(frames: readonly Injection[], fit: FusionFit = FUSION_FIT): Injection {
  const all = frames.flatMap(({ evidence }) => evidence);
  const networks = new Set(all.flatMap(({ signal }) => (isNetworkSignal(signal) ? [signal] : [])));
  const evidence = [...INJECTION_SIGNALS, ...networks].flatMap((signal) => {
    const found = all.filter((one) => one.signal === signal);
    return found.length === 0 ? [] : [meanOf(signal, found)];
  });
  return fuse(evidence, fit);
}

function meanOf(signal: InjectionEvidence['signal'], found: readonly InjectionEvidence[]): InjectionEvidence {
  const logLikelihoodRatio = mean(found.map((one) => one.logLikelihoodRatio));
  const logOdds = found.flatMap(({ networkLogOdds }) => networkLogOdds ?? []);
  return { signal, logLikelihoodRatio, ...(logOdds.length > 0 && { networkLogOdds: mean(logOdds) }) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
