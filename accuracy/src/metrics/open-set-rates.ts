import { bootstrap } from '@facegate/measurement';
import type { SearchOutcome } from '../identification/search-gallery.ts';
import type { Rate } from './share-by-subject.ts';

/** How often each subject counts. */
type Weights = Uint16Array;

/** Searches in columns, since a bootstrap passes over them a thousand times. */
interface Searches {
  /** Whom each was for, as a place in the weights. */
  readonly who: Uint32Array;
  /** The best candidate's for non-mated searches; for mated ones the mate's as first candidate, or else −∞. */
  readonly score: Float64Array;
  /** By subject. */
  readonly counts: Uint32Array;
}

/**
 * Error rates of searches for people who may not be enrolled (ISO/IEC 19795-1): the false positive identification rate
 * (FPIR) is the share of non-mated searches with a candidate above the threshold, the false negative identification rate
 * (FNIR) the share of mated searches whose mate is not the first candidate, or not above it.
 *
 * Intervals are over the subjects searched for, those of mated and of non-mated searches together.
 */
export class OpenSetRates {
  readonly #subjects: ReadonlyMap<string, number>;
  readonly #mated: Searches;
  /** Best score first. */
  readonly #nonMated: Searches;

  constructor(outcomes: readonly SearchOutcome[]) {
    this.#subjects = new Map(
      [...new Set(outcomes.map(({ subject }) => subject))].map((name, i) => [name, i]),
    );
    const scored = outcomes.map((outcome) => ({
      ...outcome,
      bestScore: outcome.isMated && outcome.mateRank !== 1 ? Number.NEGATIVE_INFINITY : outcome.bestScore,
    }));
    this.#mated = this.#inColumns(scored.filter(({ isMated }) => isMated));
    this.#nonMated = this.#inColumns(scored.filter(({ isMated }) => !isMated));
  }

  /** The lowest threshold, to be exceeded, at which the FPIR is at most `fpir`; n counts non-mated searches. */
  thresholdAt(fpir: number): Rate {
    return this.#estimate(this.#nonMated, (weights) => this.#threshold(fpir, weights));
  }

  /** FNIR at the threshold of {@link thresholdAt}; the interval contains what is uncertain about the threshold. */
  falseNegativeRateAt(fpir: number): Rate {
    return this.#estimate(
      this.#mated,
      (weights) => 1 - shareAbove(this.#threshold(fpir, weights), this.#mated, weights),
    );
  }

  /** FPIR at a threshold that was set without these searches. */
  falsePositiveRateAbove(threshold: number): Rate {
    return this.#estimate(this.#nonMated, (weights) => shareAbove(threshold, this.#nonMated, weights));
  }

  #threshold(fpir: number, weights: Weights): number {
    const { who, score, counts } = this.#nonMated;
    const allowed = fpir * total(counts, weights);
    let positives = 0;
    for (let i = 0; i < who.length; i++) {
      positives += weights[who[i] ?? 0] ?? 0;
      if (positives > allowed) return score[i] ?? Number.NEGATIVE_INFINITY;
    }
    return Number.NEGATIVE_INFINITY;
  }

  #estimate(searches: Searches, statistic: (weights: Weights) => number): Rate {
    const once = new Uint16Array(this.#subjects.size).fill(1);
    return { value: statistic(once), n: searches.who.length, ...bootstrap(once.length, statistic) };
  }

  /** Best score first. */
  #inColumns(outcomes: readonly SearchOutcome[]): Searches {
    const sorted = [...outcomes].sort((a, b) =>
      a.bestScore === b.bestScore ? 0 : a.bestScore < b.bestScore ? 1 : -1,
    );
    const who = Uint32Array.from(sorted, ({ subject }) => this.#subjects.get(subject) ?? 0);
    const counts = new Uint32Array(this.#subjects.size);
    for (const subject of who) counts[subject] = (counts[subject] ?? 0) + 1;
    return { who, score: Float64Array.from(sorted, ({ bestScore }) => bestScore), counts };
  }
}

function shareAbove(threshold: number, { who, score, counts }: Searches, weights: Weights): number {
  let above = 0;
  for (let i = 0; i < who.length; i++) {
    if ((score[i] ?? 0) > threshold) above += weights[who[i] ?? 0] ?? 0;
  }
  return above / total(counts, weights);
}

function total(counts: Uint32Array, weights: Weights): number {
  let sum = 0;
  for (let subject = 0; subject < counts.length; subject++)
    sum += (counts[subject] ?? 0) * (weights[subject] ?? 0);
  return sum;
}
