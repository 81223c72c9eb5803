import type { QuantisedProbe } from './quantise.ts';
import type { RowValues } from './row-values.ts';
import type { Finding } from './scan-task.ts';
import { type Candidate, TopK } from './top-k.ts';

export interface Verdict {
  readonly candidates: Candidate[];
  /** Rows whose exact score was computed. */
  readonly reranked: number;
  /**
   * Whether no row that was left out can belong to the answer. If not, one that does scores at least
   * `scoreToReach`.
   */
  readonly isCertain: boolean;
  readonly scoreToReach: number;
}

export interface Wanted {
  readonly k: number;
  /** −∞ for none. */
  readonly scoreMin: number;
}

/**
 * Computes exact scores from the highest upper bound downwards and stops where no bound reaches the k-th best score any
 * more: the fewest exact scores that suffice.
 *
 * @source Seidl and Kriegel, "Optimal multi-step k-nearest neighbor search", 1998.
 */
export function rerank(
  findings: readonly Finding[],
  values: Float32Array,
  probe: QuantisedProbe,
  rows: RowValues,
  { k, scoreMin }: Wanted,
): Verdict {
  const best = new TopK(k);
  const mostPossible = (reach: number): number => reach * probe.step + probe.margin;
  let reranked = 0;
  for (const { row, reach } of byReach(findings)) {
    if (best.scoreToBeat > mostPossible(reach)) break;
    // Removed since the scan passed it.
    if (!rows.has(row)) continue;
    const score = rows.score(values, row);
    reranked += 1;
    if (score >= scoreMin) best.offer({ row, score });
  }
  const leftOut = mostPossible(Math.max(...findings.map(({ bound }) => bound)));
  return {
    candidates: best.sorted(),
    reranked,
    isCertain: leftOut === Number.NEGATIVE_INFINITY || best.scoreToBeat > leftOut,
    scoreToReach: Math.max(scoreMin, best.scoreToBeat),
  };
}

function byReach(findings: readonly Finding[]): { row: number; reach: number }[] {
  const found = findings.flatMap(({ rows, reaches }) =>
    Array.from(rows, (row, i) => ({ row, reach: reaches[i]! })),
  );
  return found.sort((a, b) => b.reach - a.reach);
}
