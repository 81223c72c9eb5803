import {
  type AnalysedFace,
  type Calibration,
  falseMatchRateAt,
  scoreAt,
  type Template,
} from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { Gallery, GalleryAnswer, GalleryQuery } from '../../ports/gallery.ts';
import type { CandidateRecord, Records } from '../../ports/records.ts';
import { templateOf } from '../enrolment/add-reference.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { Follower } from './follower.ts';
import type { Candidate, SearchedFace, SearchScope } from './identification.ts';

export interface SearchParts {
  readonly processor: FaceProcessor;
  readonly gallery: Gallery;
  readonly records: Records;
  readonly follower: Follower;
}

/** A scope in the gallery's own terms. */
export type ResolvedScope = Omit<GalleryQuery, 'probe'>;

/** @throws FaceError `not-found` when a group does not exist. */
export async function resolveScope(
  { records, processor }: SearchParts,
  account: AccountId,
  { groupIds, filter, subjectsMax, falseMatchRateMax }: SearchScope,
): Promise<ResolvedScope> {
  const [groupNumbers, numbers] = await Promise.all([
    groupIds.length > 0 ? records.groupNumbers(account, groupIds) : undefined,
    filter && records.subjectNumbers(account, filter.field, filter.values),
  ]);
  if (groupNumbers && groupNumbers.length < new Set(groupIds.map((id) => id.toLowerCase())).size) {
    throw errors.notFound('group');
  }
  return {
    account,
    subjectsMax,
    scoreMin: scoreAt(processor.calibration, falseMatchRateMax),
    ...(groupNumbers && { groupNumbers }),
    ...(filter && numbers && { subjects: { op: filter.op, numbers } }),
  };
}

/** The candidates of every face, as the store knows them at this moment. */
export async function searchFaces(
  parts: SearchParts,
  faces: readonly AnalysedFace[],
  scope: ResolvedScope,
  signal?: AbortSignal,
): Promise<SearchedFace[]> {
  await parts.follower.repair();
  return Promise.all(
    faces.map(async (face) => ({ face, ...(await searchTemplate(parts, templateOf(face), scope, signal)) })),
  );
}

/** Rounds of searching anew because of subjects that are gone but not forgotten. */
const ROUNDS_MAX = 4;

/** Subjects that have gone meanwhile are left out, and others searched in their place. */
async function searchTemplate(
  parts: SearchParts,
  probe: Template,
  scope: ResolvedScope,
  signal?: AbortSignal,
): Promise<Omit<SearchedFace, 'face'>> {
  let narrowed = scope;
  for (let round = 1; ; round++) {
    const answer = await parts.gallery.nearest({ ...narrowed, probe }, signal);
    const records = await recordsOf(parts, scope.account, answer);
    const gone = answer.candidates
      .filter(({ references }) => !references.some(({ number }) => records.has(number)))
      .map(({ subjectNumber }) => subjectNumber);
    const mayBeMore = answer.candidates.length >= scope.subjectsMax;
    if (gone.length === 0 || !mayBeMore || round >= ROUNDS_MAX) {
      return {
        candidates: candidatesOf(answer, records, parts.processor.calibration),
        reranked: answer.reranked,
        searched: answer.searched,
      };
    }
    narrowed = without(narrowed, gone);
  }
}

async function recordsOf(
  { records }: SearchParts,
  account: AccountId,
  { candidates }: GalleryAnswer,
): Promise<Map<number, CandidateRecord>> {
  const numbers = candidates.flatMap(({ references }) => references.map(({ number }) => number));
  const found = await records.candidates(account, numbers);
  return new Map(found.map((record) => [record.referenceNumber, record]));
}

function without(scope: ResolvedScope, gone: readonly number[]): ResolvedScope {
  const { op, numbers } = scope.subjects ?? { op: 'nin', numbers: [] };
  const isGone = new Set(gone);
  return {
    ...scope,
    subjects:
      op === 'nin'
        ? { op, numbers: [...numbers, ...gone] }
        : { op, numbers: numbers.filter((number) => !isGone.has(number)) },
  };
}

function candidatesOf(
  answer: GalleryAnswer,
  records: ReadonlyMap<number, CandidateRecord>,
  calibration: Calibration,
): Candidate[] {
  return answer.candidates.flatMap(({ references }) => {
    const present = references.flatMap(({ number, score }) => {
      const record = records.get(number);
      return record === undefined ? [] : [{ record, score }];
    });
    const [best] = present;
    if (best === undefined) return [];
    return {
      subject: best.record.subject,
      references: present.map(({ record, score }) => ({
        reference: record.reference,
        comparisonScore: score,
        falseMatchRate: falseMatchRateAt(calibration, score),
      })),
    };
  });
}
