import { isDeepStrictEqual } from 'node:util';
import { dotProduct } from '@facegate/engine';
import type { Candidate } from '@facegate/engine/search';
import type { Sample } from '../datasets/dataset.ts';
import type { TemplateValues } from '../extract-templates.ts';

interface Searched {
  /** By row. */
  readonly references: readonly Sample[];
  readonly templates: TemplateValues;
  readonly candidates: readonly Candidate[];
  readonly wanted: number;
}

/**
 * Compares the probe with every reference and requires the same candidates, in the same order, with the same scores to
 * the last bit.
 *
 * @throws Error naming the probe.
 */
export function requireBruteForceAgrees(probe: Sample, searched: Searched): void {
  const { references, templates, candidates, wanted } = searched;
  const values = templates.get(probe.id);
  const expected = values ? bestByBruteForce(values, references, templates).slice(0, wanted) : [];
  if (!isDeepStrictEqual(expected, [...candidates])) {
    throw new Error(`The index and brute force disagree about ${probe.id}.`);
  }
}

/** Every reference that has a template, best first; of equal scores, the lower row. */
export function bestByBruteForce(
  probe: Float32Array,
  references: readonly Sample[],
  templates: TemplateValues,
): Candidate[] {
  return references
    .flatMap(({ id }, row) => {
      const values = templates.get(id);
      return values ? [{ row, score: dotProduct(probe, values) }] : [];
    })
    .sort((a, b) => b.score - a.score || a.row - b.row);
}
