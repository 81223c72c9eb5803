import { bootstrap } from '@facegate/measurement';
import type { Rate } from './share-by-subject.ts';

export interface ScoredTrial {
  readonly subject: string;
  readonly score: number;
  readonly isPositive: boolean;
}

/**
 * Probability that a positive scores higher than a negative, ties counting half (area under the ROC curve), with a 95 %
 * interval over subjects.
 */
export function areaUnderCurve(trials: readonly ScoredTrial[]): Rate {
  const sorted = [...trials].sort((a, b) => a.score - b.score);
  const subjects = [...new Set(trials.map(({ subject }) => subject))];
  const place = new Map(subjects.map((subject, index) => [subject, index]));
  const drawn = (times: ArrayLike<number>): number =>
    weightedArea(sorted, ({ subject }) => times[place.get(subject) ?? 0] ?? 0);
  return { value: weightedArea(sorted, () => 1), n: trials.length, ...bootstrap(subjects.length, drawn) };
}

/** @param sorted ascending score. @returns ½ when a class is missing. */
function weightedArea(sorted: readonly ScoredTrial[], weightOf: (trial: ScoredTrial) => number): number {
  let [negatives, positives, wins] = [0, 0, 0];
  for (let from = 0; from < sorted.length; ) {
    let [tiedNegatives, tiedPositives, at] = [0, 0, from];
    for (; sorted[at] && sorted[at]?.score === sorted[from]?.score; at++) {
      const trial = sorted[at];
      if (!trial) break;
      if (trial.isPositive) tiedPositives += weightOf(trial);
      else tiedNegatives += weightOf(trial);
    }
    wins += tiedPositives * (negatives + tiedNegatives / 2);
    negatives += tiedNegatives;
    positives += tiedPositives;
    from = at;
  }
  return negatives * positives > 0 ? wins / (negatives * positives) : 0.5;
}
