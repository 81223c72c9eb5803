import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { PictureAcquisition } from '../acquisition/acquire-picture.ts';
import { sealReference, templateOf } from '../enrolment/add-reference.ts';
import { referenceAgain, subjectAgain } from '../enrolment/answers.ts';
import { insertSubject } from '../enrolment/create-subject.ts';
import type { IdempotencyRequest, SubjectRequest } from '../enrolment/enrolment.ts';
import type { EnrolmentParts } from '../enrolment/parts.ts';
import type { AccountId, Reference, Subject } from '../enrolment/records.ts';
import type { IdentificationOutcome } from './identification.ts';

type Searched = Extract<IdentificationOutcome, { outcome: 'searched' }>;
type Enrolled = NonNullable<Searched['enrolled']>;

interface UnknownEnrolment {
  readonly account: AccountId;
  readonly acquired: Extract<PictureAcquisition, { outcome: 'acquired' }>;
  readonly request: SubjectRequest;
  readonly idempotency: IdempotencyRequest | undefined;
  readonly searchAgain: () => Promise<Searched>;
}

/**
 * Makes a subject of the largest face of a picture in which nobody was found.
 *
 * No two nodes are between "not found" and "enrolled" at one time, and the search is repeated in between: the same
 * stranger sent twice at once becomes one subject.
 */
export async function enrolUnknown(parts: EnrolmentParts, unknown: UnknownEnrolment): Promise<Searched> {
  const { account, idempotency } = unknown;
  const outcome = await parts.records.transaction(async (transaction) => {
    const earlier = idempotency && (await transaction.claim(account, idempotency));
    if (earlier !== undefined) return { ...(await unknown.searchAgain()), enrolled: enrolledAgain(earlier) };
    await transaction.hold(`enrol unknown ${account}`);
    await parts.catchUp();
    const searched = await unknown.searchAgain();
    if (searched.faces.some(({ candidates }) => candidates.length > 0)) return searched;
    const enrolled = await enrolLargest(parts, transaction, unknown);
    if (idempotency) await transaction.remember(account, idempotency, enrolled);
    return { ...searched, enrolled };
  });
  if (outcome.enrolled) await parts.catchUp();
  return outcome;
}

async function enrolLargest(
  parts: EnrolmentParts,
  transaction: Parameters<typeof insertSubject>[1],
  { account, acquired, request }: UnknownEnrolment,
): Promise<Enrolled> {
  const { subject, subjectNumber, dataKey } = await insertSubject(parts, transaction, { account, request });
  const sealed = await sealReference(parts, {
    account,
    subjectId: subject.id,
    dataKey,
    picture: acquired.picture,
    template: templateOf(largest(acquired.faces)),
    metadata: {},
  });
  await transaction.insertReferences([{ ...sealed.fields, subjectNumber }]);
  return { subject, reference: sealed.reference };
}

function largest(faces: readonly AnalysedFace[]): AnalysedFace | undefined {
  const area = ({ box }: AnalysedFace) => box.width * box.height;
  return faces.toSorted((a, b) => area(b) - area(a))[0];
}

/** What an earlier request with the same key enrolled. */
export async function enrolledBefore(
  { records }: EnrolmentParts,
  account: AccountId,
  idempotency: IdempotencyRequest | undefined,
): Promise<Enrolled | undefined> {
  const answer = idempotency && (await records.rememberedAnswer(account, idempotency));
  return answer === undefined ? undefined : enrolledAgain(answer);
}

function enrolledAgain(answer: unknown): Enrolled {
  const { subject, reference } = answer as { readonly subject: Subject; readonly reference: Reference };
  return { subject: subjectAgain(subject), reference: referenceAgain(reference) };
}

/** Lets one piece of work run at a time, in the order they came. */
export function createExclusion(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
