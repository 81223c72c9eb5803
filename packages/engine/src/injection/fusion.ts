import {
  type Injection,
  type InjectionEvidence,
  type InjectionSignal,
  isNetworkSignal,
} from '../vocabulary/injection.ts';

/** How the evidence is joined, and from where on it carries a decision. */
export interface FusionFit {
  /** What each signal's log-likelihood ratio counts for: less than 1 where signals repeat each other. */
  readonly weights: Readonly<Partial<Record<InjectionSignal, number>>>;
  /** Probabilities up to the first are genuine, from the second on manipulated; between them nothing is said. */
  readonly genuineMax: number;
  readonly manipulatedMin: number;
}

/**
 * Joins the evidence to one probability at even odds: logistic of the weighted sum of log-likelihood ratios. A signal
 * that could not be measured counts for nothing; without any the answer is ½ and undetermined.
 */
export function fuse(evidence: readonly InjectionEvidence[], fit: FusionFit): Injection {
  const logOdds = evidence.reduce(
    (sum, { signal, logLikelihoodRatio }) => sum + weightOf(signal, fit) * logLikelihoodRatio,
    0,
  );
  const manipulationProbability = 1 / (1 + Math.exp(-logOdds));
  return { outcome: outcomeAt(manipulationProbability, fit), manipulationProbability, evidence };
}

/** A network's calibration says what it adds, within a bound of its own. */
const weightOf = (signal: InjectionEvidence['signal'], { weights }: FusionFit): number =>
  isNetworkSignal(signal) ? 1 : (weights[signal] ?? 0);

function outcomeAt(probability: number, { genuineMax, manipulatedMin }: FusionFit): Injection['outcome'] {
  if (probability >= manipulatedMin) return 'manipulated';
  return probability <= genuineMax ? 'genuine' : 'undetermined';
}
