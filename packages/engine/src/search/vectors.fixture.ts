import { dotProduct } from '../vocabulary/dot-product.ts';
import type { Candidate } from './top-k.ts';

/** What a search must answer, computed with nothing in common with the index but the dot product. */
export function bruteForce(
  probe: Float32Array,
  rows: ReadonlyMap<number, Float32Array>,
  k: number,
  scoreMin = Number.NEGATIVE_INFINITY,
): Candidate[] {
  return [...rows]
    .map(([row, values]) => ({ row, score: dotProduct(probe, values) }))
    .filter(({ score }) => score >= scoreMin)
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, k);
}

/**
 * Vectors of unit length from a fixed sequence: the same seed gives the same ones on every machine.
 *
 * @param crowding  0: every direction is as likely. Towards 1 they crowd around one direction, so that scores are high
 *                  and close to each other.
 */
export function unitVectors(seed: number, count: number, dimension: number, crowding = 0): Float32Array[] {
  const random = sequence(seed);
  const centre = Math.sqrt(crowding / dimension);
  const width = Math.sqrt((12 * (1 - crowding)) / dimension);
  return Array.from({ length: count }, () =>
    unit(Float32Array.from({ length: dimension }, () => centre + (random() - 0.5) * width)),
  );
}

/** The same direction, of unit length. */
export function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return length > 0 ? values.map((value) => value / length) : values.map((_, i) => (i === 0 ? 1 : 0));
}

export function joined(vectors: readonly Float32Array[]): Float32Array {
  const dimension = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dimension);
  for (const [i, vector] of vectors.entries()) all.set(vector, i * dimension);
  return all;
}

/** Mulberry32: uniform in 0..1. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
