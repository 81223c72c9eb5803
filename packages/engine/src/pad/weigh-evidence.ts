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

/** At most 8 of the 80 rows or columns that the networks see are missing; the window is moved by as much, as in training. */
const CONTEXT_WHOLE = 0.9;
/** Of the pictures that anything was calibrated on, none shows less; 0.14 is the face's box alone. */
const CONTEXT_MIN = 0.2;

/**
 * Adds the evidence up and decides, or does not. A crop that ends at the face is never called an attack: it looks like
 * one to the networks, which read the surroundings, and its pixels have mostly been through more than one camera.
 *
 * @param contextShare how much of the near surroundings of the face is in the picture, 0..1.
 */
export function weighEvidence(
  evidence: readonly PadEvidence[],
  { fusion }: Pick<PadCalibration, 'fusion'>,
  contextShare: number,
): PresentationAttack {
  const hasNetwork = evidence.some(({ signal }) => signal === 'network');
  const weighing = hasNetwork ? fusion.withNetwork : fusion.withoutNetwork;
  const logOdds = logOddsOf(evidence, weighing);
  const outcome = outcomeOf(logOdds, weighing);
  return {
    outcome: outcome === 'attack' && contextShare < CONTEXT_MIN ? 'undetermined' : outcome,
    attackProbability: 1 / (1 + Math.exp(-logOdds)),
    assurance: hasNetwork && contextShare >= CONTEXT_WHOLE ? 'normal' : 'low',
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
