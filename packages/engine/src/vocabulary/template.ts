import { dotProduct } from './dot-product.ts';
import { EngineError } from './errors.ts';
import { type ComparisonScore, comparisonScore } from './units.ts';

/** Stored features of one face, directly comparable to another template of the same pack. */
export interface Template {
  /** `id@version` of the model pack that made it. */
  readonly packId: string;
  /** Unit length; the dimension is the pack's. */
  readonly values: Float32Array;
}

/**
 * Compares two templates.
 *
 * @returns cosine, −1..1, symmetric, higher is more alike.
 * @throws  EngineError `pack-mismatch` when they come from different packs.
 * @cost    one pass over the dimension; about a microsecond.
 */
export function compare(probe: Template, reference: Template): ComparisonScore {
  if (probe.packId !== reference.packId || probe.values.length !== reference.values.length) {
    throw new EngineError(
      'pack-mismatch',
      `Templates of ${probe.packId} and ${reference.packId} cannot be compared.`,
    );
  }
  const cosine = dotProduct(probe.values, reference.values);
  return comparisonScore(Math.max(-1, Math.min(1, cosine)));
}
