import { dotProduct } from '@facegate/engine/vocabulary';
import type { SyntheticTemplates } from './synthetic-templates.ts';

interface Scored {
  readonly row: number;
  readonly score: number;
}

const ROWS_AT_ONCE = 1000;

/** The best `k` of `rows` templates for each probe, by comparing every one with every other. */
export function bruteForce(
  templates: SyntheticTemplates,
  rows: number,
  probes: readonly Float32Array[],
  k: number,
): number[][] {
  const best = probes.map((): Scored[] => []);
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const to = Math.min(rows, from + ROWS_AT_ONCE);
    const values = templates.slice(from, to);
    for (const [i, probe] of probes.entries()) {
      for (let row = from; row < to; row++) {
        const score = dotProduct(probe, values, (row - from) * templates.dimension);
        keep(best[i] ?? [], { row, score }, k);
      }
    }
  }
  return best.map((list) => list.map(({ row }) => row));
}

/** Rows come in ascending order, so an equal score stays behind. */
function keep(best: Scored[], scored: Scored, k: number): void {
  const worst = best.at(-1);
  if (best.length === k && worst && scored.score <= worst.score) return;
  const at = best.findIndex(({ score }) => score < scored.score);
  best.splice(at < 0 ? best.length : at, 0, scored);
  if (best.length > k) best.pop();
}
