import type { Case } from '../../domain/cases/case.ts';
import type { Submission } from '../../domain/cases/cases.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { imageErrorCodeOf } from '../../domain/errors.ts';
import type { FaciaContext } from './context.ts';
import { fieldRefusal } from './refusal.ts';

interface Submitting {
  readonly space: AccountId;
  readonly submission: Submission;
  /** Of the media; of two pictures nobody says which is at fault. */
  readonly fields: readonly string[];
}

/** Keeps a submission, and waits for its decision if told to. @throws FaciaRefusal for media that cannot be read. */
export async function submit(
  { service: { cases } }: FaciaContext,
  { space, submission, fields }: Submitting,
  waiting: AbortSignal | undefined,
): Promise<Case> {
  const submitted = await cases.submit(space, submission).catch((error: unknown) => {
    const code = imageErrorCodeOf(error);
    throw code === undefined || code === 'payload-too-large' ? error : unreadable(fields);
  });
  return waiting === undefined ? submitted : cases.settled(space, submitted.reference, waiting);
}

const unreadable = (fields: readonly string[]) =>
  fieldRefusal(
    Object.fromEntries(fields.map((field) => [field, [`The ${fields.join(' or ')} field cannot be read.`]])),
  );
