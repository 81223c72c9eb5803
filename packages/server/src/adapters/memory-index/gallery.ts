import { type RowSelection, SearchIndex } from '@facegate/engine/search';
import { comparisonScore, EngineError } from '@facegate/engine/vocabulary';
import { errors } from '../../domain/errors.ts';
import type { Gallery, GalleryAnswer, GalleryCandidate, GalleryQuery } from '../../ports/gallery.ts';
import { Directory } from './directory.ts';

export interface MemoryGalleryOptions {
  /** Of the pack's templates. */
  readonly dimension: number;
  /** Scanning threads. @default one per processor core */
  readonly threads?: number | undefined;
  /** Searches that may wait; one more is refused. @default 1024 */
  readonly waitingMax?: number;
}

/** The Gallery port on the engine's exact index, in this process's memory. */
export function createMemoryGallery({
  dimension,
  threads,
  waitingMax = 1024,
}: MemoryGalleryOptions): Gallery {
  const index = new SearchIndex({ dimension, threads });
  const directory = new Directory();
  let running = 0;
  return {
    get size() {
      return index.size;
    },
    has: (number) => directory.rowOf(number) !== undefined,
    add: (references) => {
      const byNumber = new Map(references.map((reference) => [reference.number, reference]));
      const fresh = [...byNumber.values()].filter(({ number }) => directory.rowOf(number) === undefined);
      const values = new Float32Array(fresh.length * dimension);
      for (const [i, reference] of fresh.entries()) values.set(reference.values, i * dimension);
      const rows = translated(() => index.addMany(values));
      for (const [i, reference] of fresh.entries()) directory.add(rows[i] ?? 0, reference);
    },
    remove: (numbers) => {
      for (const number of numbers) {
        const row = directory.remove(number);
        if (row !== undefined) index.remove(row);
      }
    },
    addMember: (group, subject) => directory.addMember(group, subject),
    removeMember: (group, subject) => directory.removeMember(group, subject),
    removeGroup: (group) => directory.removeGroup(group),
    nearest: async (query, signal) => {
      if (running >= waitingMax) throw errors.overloaded();
      running++;
      try {
        return await nearest({ index, directory }, query, signal);
      } catch (error) {
        throw fromIndexError(error);
      } finally {
        running--;
      }
    },
    close: () => index.close(),
  };
}

interface Parts {
  readonly index: SearchIndex;
  readonly directory: Directory;
}

/** How many more rows are asked for when those found were of too few subjects. */
const WIDENING = 4;

/** Enough rows to name the best subjects, then all rows of those. */
async function nearest(parts: Parts, query: GalleryQuery, signal?: AbortSignal): Promise<GalleryAnswer> {
  const { index, directory } = parts;
  const rows = directory.select(query, index.capacity);
  const search = createSearch(parts, query, signal);
  let k = query.subjectsMax;
  let findings = await search.among(rows, k);
  while (subjectsOf(findings).length < query.subjectsMax && search.isFull) {
    k *= WIDENING;
    findings = await search.among(rows, k);
  }
  const best = subjectsOf(findings).slice(0, query.subjectsMax);
  const all = best.flatMap((subject) => directory.rowsOf(subject));
  // Rows of these subjects may lie behind the last one found.
  if (all.length > best.length && search.isFull) {
    findings = await search.among({ kind: 'list', rows: Uint32Array.from(all).sort() }, all.length);
  }
  return {
    candidates: grouped(findings, best),
    reranked: search.reranked,
    searched: rows === undefined ? index.size : sizeOf(rows),
  };
}

interface Finding {
  readonly subjectNumber: number;
  readonly reference: GalleryCandidate['references'][number];
}

/** Searches for one probe, one after another. */
function createSearch({ index, directory }: Parts, { probe, scoreMin }: GalleryQuery, signal?: AbortSignal) {
  const state = {
    reranked: 0,
    /** Whether the last search found as many rows as it was asked for: there may be more. */
    isFull: false,
    among: async (rows: RowSelection | undefined, k: number): Promise<Finding[]> => {
      const moment = directory.now;
      const answer = await index.search({ values: probe.values, k, scoreMin, rows }, signal);
      state.reranked += answer.reranked;
      state.isFull = answer.candidates.length === k;
      return answer.candidates.flatMap(({ row, score }) => {
        const owner = directory.ownerOf(row, moment);
        if (owner === undefined) return [];
        // Rounding can carry a sum of squares a hair beyond 1.
        const clamped = comparisonScore(Math.max(-1, Math.min(1, score)));
        const reference = { number: owner.referenceNumber, score: clamped };
        return { subjectNumber: owner.subjectNumber, reference };
      });
    },
  };
  return state;
}

/** Each once, best first. */
const subjectsOf = (findings: readonly Finding[]): number[] => [
  ...new Set(findings.map(({ subjectNumber }) => subjectNumber)),
];

function grouped(findings: readonly Finding[], subjects: readonly number[]): GalleryCandidate[] {
  return subjects.flatMap((subjectNumber) => {
    const references = findings
      .filter((finding) => finding.subjectNumber === subjectNumber)
      .map(({ reference }) => reference);
    // Empty when the subject has gone between two searches.
    return references.length === 0 ? [] : { subjectNumber, references };
  });
}

function sizeOf(rows: RowSelection): number {
  if (rows.kind === 'list') return rows.rows.length;
  let count = 0;
  for (const byte of rows.bits) count += BIT_COUNTS[byte] ?? 0;
  return count;
}

const BIT_COUNTS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fromIndexError(error);
  }
}

function fromIndexError(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.code === 'timeout') return errors.timeout(error);
  return errors.internal('the index failed', error);
}
