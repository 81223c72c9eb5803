import { describe, expect, it } from 'vitest';
import { dotProduct } from '../vocabulary/dot-product.ts';
import { quantiseProbe } from './quantise.ts';
import { rerank } from './rerank.ts';
import { RowValues } from './row-values.ts';
import type { Finding } from './scan-task.ts';
import { unitVectors } from './vectors.fixture.ts';

const dimension = 16;
const vectors = unitVectors(1, 100, dimension);
const values = vectors[0]!;
const probe = quantiseProbe(values, dimension);
const exact = vectors.map((vector, row) => ({ row, score: dotProduct(values, vector) }));
const best = [...exact].sort((a, b) => b.score - a.score);
const NO_LIMIT = Number.NEGATIVE_INFINITY;

function stored(): RowValues {
  const rows = new RowValues(dimension);
  rows.addBlock();
  for (const [row, vector] of vectors.entries()) rows.write(row, vector);
  return rows;
}

/** Everything the scan may have seen, each reach a little above the true score. */
function found(bound: number, rows = exact): Finding {
  return {
    rows: Uint32Array.from(rows, ({ row }) => row),
    reaches: Float32Array.from(rows, ({ score }) => (score + 0.01) / probe.step),
    bound: bound / probe.step,
  };
}

describe('exact scores', () => {
  it('are computed for no more rows than may belong to the answer', () => {
    const verdict = rerank({ findings: [found(NO_LIMIT)], scoreFrom: NO_LIMIT }, values, probe, stored(), {
      k: 3,
      scoreMin: NO_LIMIT,
    });
    expect(verdict.candidates).toEqual(best.slice(0, 3));
    const possible = best.filter(({ score }) => score + 0.01 + probe.margin >= best[2]!.score);
    expect(verdict.reranked).toBe(possible.length);
    expect(verdict).toMatchObject({ isCertain: true, scoreToReach: best[2]!.score });
  });

  it('of removed rows do not count', () => {
    const rows = stored();
    // Wiped values score 0, which is among the best here.
    for (const { row } of best.slice(0, 5)) rows.wipe(row);
    const { candidates } = rerank({ findings: [found(NO_LIMIT)], scoreFrom: NO_LIMIT }, values, probe, rows, {
      k: 100,
      scoreMin: NO_LIMIT,
    });
    expect(candidates).toEqual(best.slice(5));
  });
});

describe('an answer is certain', () => {
  const certainty = (bound: number, scoreFrom: number, scoreMin: number, rows = stored()) =>
    rerank({ findings: [found(bound, best.slice(0, 20))], scoreFrom }, values, probe, rows, {
      k: 5,
      scoreMin,
    });

  it('only when no row left out can score as much', () => {
    const fifth = best[4]!.score;
    expect(certainty(fifth - 0.01, NO_LIMIT, NO_LIMIT).isCertain).toBe(true);
    expect(certainty(fifth, NO_LIMIT, NO_LIMIT).isCertain).toBe(false);
  });

  it('only when enough was looked for, now that the rows to beat are gone', () => {
    const rows = stored();
    expect(certainty(NO_LIMIT, best[4]!.score, NO_LIMIT, rows).isCertain).toBe(true);
    rows.wipe(best[0]!.row);
    expect(certainty(NO_LIMIT, best[4]!.score, NO_LIMIT, rows)).toMatchObject({
      isCertain: false,
      scoreToReach: best[5]!.score,
    });
    expect(certainty(NO_LIMIT, best[4]!.score, best[4]!.score, rows).isCertain).toBe(true);
  });
});
