import { availableParallelism } from 'node:os';
import { EngineError } from '../vocabulary/errors.ts';
import { DIMENSION_MAX, LENGTH_TOLERANCE } from './certificate.ts';
import type { Wanted } from './rerank.ts';
import type { SearchIndexOptions, SearchQuery } from './search-query.ts';

const ROWS_MAX = 2 ** 30;
const OWN_SCAN_BYTES_MAX = 1024 * 1024;
const SEGMENT_BYTES_MAX = 2 ** 31;
const THREADS_MAX = 64;

/** The options with their defaults. */
export function checkOptions(options: SearchIndexOptions): { [Name in keyof SearchIndexOptions]-?: number } {
  const {
    dimension,
    threads = Math.min(THREADS_MAX, availableParallelism()),
    rowsMax = ROWS_MAX,
    ownScanBytesMax = OWN_SCAN_BYTES_MAX,
    segmentBytes = SEGMENT_BYTES_MAX,
  } = options;
  return {
    dimension: requireWhole('dimension', dimension, 1, DIMENSION_MAX),
    threads: requireWhole('threads', threads, 1, THREADS_MAX),
    rowsMax: requireWhole('rowsMax', rowsMax, 1, ROWS_MAX),
    ownScanBytesMax: requireWhole('ownScanBytesMax', ownScanBytesMax, 0, Number.MAX_SAFE_INTEGER),
    segmentBytes: requireWhole('segmentBytes', segmentBytes, 1, SEGMENT_BYTES_MAX),
  };
}

export function checkQuery(
  { values, k, scoreMin = Number.NEGATIVE_INFINITY }: SearchQuery,
  dimension: number,
): Wanted {
  requireDimension(values, dimension);
  requireUnitLength(values);
  requireWhole('k', k, 1, Number.MAX_SAFE_INTEGER);
  if (Number.isNaN(scoreMin)) throw new EngineError('invalid-request', 'scoreMin is not a number.');
  return { k, scoreMin };
}

export function requireDimension(values: Float32Array, dimension: number): void {
  if (values.length === dimension) return;
  throw new EngineError('invalid-request', `Vectors of this index have ${dimension} values.`);
}

/** Views of the vectors that lie behind one another in `values`, all of them checked. */
export function unitVectorsOf(values: Float32Array, dimension: number): Float32Array[] {
  if (values.length % dimension !== 0) {
    throw new EngineError('invalid-request', `Vectors of this index have ${dimension} values each.`);
  }
  return Array.from({ length: values.length / dimension }, (_, i) => {
    const vector = values.subarray(i * dimension, (i + 1) * dimension);
    requireUnitLength(vector);
    return vector;
  });
}

function requireUnitLength(values: Float32Array): void {
  let squared = 0;
  for (let i = 0; i < values.length; i++) squared += values[i]! * values[i]!;
  // NaN fails as well.
  if (Math.abs(Math.sqrt(squared) - 1) < LENGTH_TOLERANCE) return;
  throw new EngineError('invalid-request', 'A vector is not finite or not of unit length.');
}

function requireWhole(name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new EngineError('invalid-request', `${name} must be a whole number from ${low} to ${high}.`);
}
