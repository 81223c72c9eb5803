import type { RowSelection } from './selection.ts';
import type { Candidate } from './top-k.ts';

export interface SearchIndexOptions {
  /** Values of a vector. 1..4096. */
  readonly dimension: number;
  /** Scanning threads. Minimum 1. @default as many as the machine runs at once */
  readonly threads?: number | undefined;
  /** Rows it may hold, removed ones that wait to be used again included. @default 2^30 */
  readonly rowsMax?: number | undefined;
  /** Scans of at most so many bytes run on the caller's thread, which is quicker than waking others. @default 1 MiB */
  readonly ownScanBytesMax?: number | undefined;
  /** The most that one shared memory takes. At most 2 GiB. @default 2 GiB */
  readonly segmentBytes?: number | undefined;
}

export interface SearchQuery {
  /** The probe: finite, of unit length. */
  readonly values: Float32Array;
  /** Candidates wanted. Minimum 1. */
  readonly k: number;
  /** Candidates score at least this. @default no limit */
  readonly scoreMin?: number | undefined;
  /** The only rows that may be answered with. @default all */
  readonly rows?: RowSelection | undefined;
}

export interface SearchAnswer {
  /** Best first; of equal scores, the lower row. */
  readonly candidates: readonly Candidate[];
  /** Rows whose exact score was computed. */
  readonly reranked: number;
  /** Further passes that were needed to be certain. */
  readonly rescans: number;
}
