import type { ScoredTrial } from '../../../accuracy/src/metrics/auc.ts';
import { rounded } from '../fit-signals.ts';
import { fitRidgeLogistic } from '../ridge-logistic.ts';

/** What a manifest must say besides: the data's name and the day. */
interface FittedCalibration {
  readonly genuine: number;
  readonly manipulated: number;
  readonly slope: number;
  readonly bias: number;
  readonly logRatioMax: number;
}

/** As in manifests. */
const LOG_RATIO_MAX = 3.9;

/** None of n pictures being otherwise, up to three in n may be, at 95 %: what so few show is odds of n ÷ 3 to 1. */
const RULE_OF_THREE = 3;

/**
 * Logistic regression of the kind on a network's log-odds, both kinds weighing the same, bounded by what so many pictures
 * can show at all.
 *
 * @throws Error when the network speaks the wrong way round, or there are too few pictures for any bound.
 */
export function calibrationOf(trials: readonly Omit<ScoredTrial, 'subject'>[]): FittedCalibration {
  const manipulated = trials.filter(({ isPositive }) => isPositive).length;
  const genuine = trials.length - manipulated;
  const fewest = Math.min(genuine, manipulated);
  if (fewest <= RULE_OF_THREE) throw new Error(`${fewest} pictures of a kind calibrate nothing.`);
  const rows = trials.map(({ score, isPositive }) => ({ terms: [score, 1], isManipulated: isPositive }));
  const [slope = 0, bias = 0] = fitRidgeLogistic(rows, { ridge: 1, isBiasFree: true }).map(rounded);
  if (slope <= 0)
    throw new Error('The network calls genuine pictures manipulated more often than the others.');
  const logRatioMax = Math.min(LOG_RATIO_MAX, rounded(Math.log(fewest / RULE_OF_THREE)));
  return { genuine, manipulated, slope, bias, logRatioMax };
}
