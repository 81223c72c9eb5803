import type { NewReference, NewSubject } from '../../ports/records.ts';
import { errors } from '../errors.ts';
import type { Examined, SubjectEnrolment, SubjectEnrolmentInput } from '../examination/examination.ts';
import { examine } from '../examination/examine.ts';
import { sealReference, templateOf } from './add-reference.ts';
import { newSubject } from './create-subject.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId } from './records.ts';
import { erase } from './remove.ts';

interface ExaminedEnrolment {
  readonly account: AccountId;
  readonly input: SubjectEnrolmentInput;
  readonly signal: AbortSignal | undefined;
}

/** Keeps the face of a picture that passes its checks, under its caller's name for the subject. */
export async function enrolSubject(
  parts: EnrolmentParts,
  { account, input: { examination, externalId = parts.ids.next() }, signal }: ExaminedEnrolment,
): Promise<SubjectEnrolment> {
  const examined = await examine(parts.processor, { ...examination, template: true }, signal);
  if (examined.outcome === 'failure-to-acquire') return examined;
  if (examined.failed.length > 0) return { outcome: 'refused', examined };
  const sealed = await sealSubject(parts, { account, externalId, examined });
  await replace(parts, account, sealed);
  return { outcome: 'enrolled', examined, externalId, subjectId: sealed.subject.id };
}

interface SealedSubject {
  readonly subject: NewSubject & { readonly externalId: string };
  readonly reference: Omit<NewReference, 'subjectNumber'>;
}

/** All sealing is done before the transaction, which others wait for. */
async function sealSubject(
  parts: EnrolmentParts,
  sealing: { readonly account: AccountId; readonly externalId: string; readonly examined: Examined },
): Promise<SealedSubject> {
  const { account, externalId, examined } = sealing;
  const request = { name: '', externalId, metadata: {}, groupIds: [] };
  const { fields, dataKey } = newSubject(parts, { account, request });
  const { fields: reference } = await sealReference(parts, {
    account,
    subjectId: fields.id,
    dataKey,
    picture: examined.picture,
    template: templateOf(examined.face),
    metadata: {},
  });
  return { subject: { ...fields, externalId }, reference };
}

/** A record and a key of its own: with the earlier record's key goes all that was sealed with it. */
async function replace(
  parts: EnrolmentParts,
  account: AccountId,
  { subject, reference }: SealedSubject,
): Promise<void> {
  const replaced = await parts.records.transaction(async (transaction) => {
    const blobIds: string[] = [];
    for (const earlier of await transaction.claimExternalId(account, subject.externalId)) {
      blobIds.push(...((await transaction.removeSubject(account, earlier)) ?? []));
    }
    const [inserted] = await transaction.insertSubjects(account, [subject]);
    if (inserted === undefined) throw errors.internal('a subject was inserted and did not come back');
    await transaction.insertReferences([{ ...reference, subjectNumber: inserted.subjectNumber }]);
    return blobIds;
  });
  await parts.catchUp();
  await erase(parts, replaced);
}
