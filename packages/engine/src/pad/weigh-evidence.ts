import { PAD_SIGNALS, type PadEvidence, type PresentationAttack } from '../vocabulary/presentation-attack.ts';
import { type LogOdds, limitsOf, type PadCalibration, type PadFusion } from './calibration.ts';
import type { PadMeasurements } from './measure-signals.ts';

/** One log-likelihood ratio for each signal that was measured, within its limit. */
export function evidenceOf(
  measured: PadMeasurements,
  { signals }: Pick<PadCalibration, 'signals'>,
): PadEvidence[] {
  return PAD_SIGNALS.flatMap((signal) => {
    const values = measured[signal];
    if (!values) return [];
    const { low, high } = limitsOf(signal);
    const ratio = ratioOf(signals[signal], values);
    return [{ signal, logLikelihoodRatio: Math.min(high, Math.max(low, ratio)) }];
  });
}

/**
 * Adds the evidence up and decides, or does not.
 *
 * @param isContextWhole whether the near surroundings of the face are in the picture.
 */
export function weighEvidence(
  evidence: readonly PadEvidence[],
  { fusion }: Pick<PadCalibration, 'fusion'>,
  isContextWhole: boolean,
): PresentationAttack {
  const hasNetwork = evidence.some(({ signal }) => signal === 'network');
  const weighing = hasNetwork ? fusion.withNetwork : fusion.withoutNetwork;
  const logOdds = logOddsOf(evidence, weighing);
  return {
    outcome: outcomeOf(logOdds, weighing),
    attackProbability: 1 / (1 + Math.exp(-logOdds)),
    assurance: hasNetwork && isContextWhole ? 'normal' : 'low',
    evidence,
  };
}

/** Of an attack, at even odds. */
export const logOddsOf = (
  evidence: readonly PadEvidence[],
  { bias, shares }: Pick<PadFusion, 'bias' | 'shares'>,
): number =>
  evidence.reduce(
    (sum, { signal, logLikelihoodRatio }) => sum + (shares[signal] ?? 0) * logLikelihoodRatio,
    bias,
  );

function outcomeOf(logOdds: number, { attackFrom, bonaFideUpTo }: PadFusion): PresentationAttack['outcome'] {
  if (logOdds >= attackFrom) return 'attack';
  return logOdds <= bonaFideUpTo ? 'bona-fide' : 'undetermined';
}

const ratioOf = ({ bias, weights }: LogOdds, values: readonly number[]): number =>
  weights.reduce((sum, weight, k) => sum + weight * values[k]!, bias);
