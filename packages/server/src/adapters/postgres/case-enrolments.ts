import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { CaseEnrolment } from '../../ports/case-records.ts';
import type { Session } from './session.ts';
import { createReferenceWriting } from './write-references.ts';
import { createSubjectWriting } from './write-subjects.ts';

/** A case's row. */
export interface CaseNumber {
  readonly number: string;
  readonly space: AccountId;
}

/** Enrols whom a case is about, in the transaction of its decision. */
export async function enrolSubjectOf(
  session: Session,
  { number, space }: CaseNumber,
  { subject, references, replacesLatest }: CaseEnrolment,
): Promise<void> {
  const writing = createSubjectWriting(session);
  if (replacesLatest && subject.externalId !== undefined) {
    const latest = (await writing.claimExternalId(space, subject.externalId)).at(-1);
    if (latest !== undefined) await writing.removeSubject(space, latest);
  }
  const [inserted] = await writing.insertSubjects(space, [subject]);
  if (inserted === undefined) throw errors.internal('a subject was inserted and did not come back');
  const { subjectNumber } = inserted;
  await createReferenceWriting(session).insertReferences(
    references.map((reference) => ({ ...reference, subjectNumber })),
  );
  await session.query('update facegate.media_case set subject_number = $2 where number = $1', [
    number,
    subjectNumber,
  ]);
}

/** Removes whom a case enrolled. @returns names of the pictures to be erased. */
export async function removeSubjectOf(
  session: Session,
  { number, space }: CaseNumber,
): Promise<readonly string[]> {
  const { rows } = await session.query<{ id: string }>(
    `select s.id from facegate.media_case c join facegate.subject s on s.number = c.subject_number
     where c.number = $1`,
    [number],
  );
  const [enrolled] = rows;
  if (enrolled === undefined) return [];
  return (await createSubjectWriting(session).removeSubject(space, enrolled.id)) ?? [];
}
