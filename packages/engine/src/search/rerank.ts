import { Descending } from './descending.ts';
import type { QuantisedProbe } from './quantise.ts';
import type { RowValues } from './row-values.ts';
import type { Finding } from './scan-task.ts';
import { type Candidate, TopK } from './top-k.ts';

/** What the lanes found in one pass. */
export interface Look {
  readonly findings: readonly Finding[];
  /** Rows that score less than this were not looked for. */
  readonly scoreFrom: number;
}

export interface Wanted {
  readonly k: number;
  /** −∞ for none. */
  readonly scoreMin: number;
}

export interface Verdict {
  readonly candidates: Candidate[];
  /** Rows whose exact score was computed. */
  readonly reranked: number;
  /** Whether no row that was left out can belong to the answer. */
  readonly isCertain: boolean;
  /** Every row that belongs to the answer scores at least this. */
  readonly scoreToReach: number;
}

/**
 * Computes exact scores from the highest upper bound downwards and stops where no bound reaches the k-th best score any
 * more: the fewest exact scores that suffice.
 *
 * @source Seidl and Kriegel, "Optimal multi-step k-nearest neighbor search", 1998.
 */
export function rerank(
  { findings, scoreFrom }: Look,
  values: Float32Array,
  probe: QuantisedProbe,
  rows: RowValues,
  { k, scoreMin }: Wanted,
): Verdict {
  const best = new TopK(k);
  const mostPossible = (reach: number): number => reach * probe.step + probe.margin;
  let reranked = 0;
  const found = new Descending(findings);
  for (let next = found.take(); next; next = found.take()) {
    const { row, reach } = next;
    if (best.scoreToBeat > mostPossible(reach)) break;
    // Removed since the scan passed it.
    if (!rows.has(row)) continue;
    const score = rows.score(values, row);
    reranked += 1;
    if (score >= scoreMin) best.offer({ row, score });
  }
  const mostLeftOut = mostPossible(Math.max(...findings.map(({ bound }) => bound)));
  const nothingLeftOut = mostLeftOut === Number.NEGATIVE_INFINITY || best.scoreToBeat > mostLeftOut;
  // Rows that were to be beaten may have been removed since, and what was not looked for is then wanted after all.
  const lookedFarEnough = scoreFrom <= scoreMin || best.scoreToBeat >= scoreFrom;
  return {
    candidates: best.sorted(),
    reranked,
    isCertain: nothingLeftOut && lookedFarEnough,
    scoreToReach: Math.max(scoreMin, best.scoreToBeat),
  };
}
