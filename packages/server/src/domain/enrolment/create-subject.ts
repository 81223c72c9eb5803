import type { DataKey } from '../../ports/keys.ts';
import type { NewSubject, RecordsTransaction } from '../../ports/records.ts';
import { errors } from '../errors.ts';
import { subjectAgain } from './answers.ts';
import type { IdempotencyRequest, SubjectRequest } from './enrolment.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId, Subject } from './records.ts';

/** Makes a subject without references. */
export async function createSubject(
  parts: EnrolmentParts,
  account: AccountId,
  request: SubjectRequest,
  idempotency?: IdempotencyRequest,
): Promise<Subject> {
  const subject = await parts.records.transaction(async (transaction) => {
    const earlier = idempotency && (await transaction.claim(account, idempotency));
    if (earlier !== undefined) return subjectAgain(earlier);
    const { subject: made } = await insertSubject(parts, transaction, { account, request });
    if (idempotency) await transaction.remember(account, idempotency, made);
    return made;
  });
  await parts.catchUp();
  return subject;
}

interface Insertion {
  readonly account: AccountId;
  readonly request: SubjectRequest;
}

/** Inserts a subject with a new data key, into its groups or the one that receives those without. */
export async function insertSubject(
  parts: EnrolmentParts,
  transaction: RecordsTransaction,
  { account, request }: Insertion,
) {
  const groupIds = await groupIdsOf(parts.ids.nextOrdered(), transaction, { account, request });
  const { fields, dataKey } = newSubject(parts, { account, request: { ...request, groupIds } });
  const [inserted] = await transaction.insertSubjects(account, [fields]);
  if (inserted === undefined) throw errors.internal('a subject was inserted and did not come back');
  return { ...inserted, dataKey };
}

/** A subject's row and the key that seals what is kept of it. */
export function newSubject(
  { keys, ids, clock }: EnrolmentParts,
  { account, request: { name, externalId, metadata, groupIds, lifetimeSeconds } }: Insertion,
): { readonly fields: NewSubject; readonly dataKey: DataKey } {
  const id = ids.nextOrdered();
  const dataKey = keys.createDataKey();
  const createdAt = clock.now();
  const fields = {
    id,
    name,
    ...(externalId !== undefined && { externalId }),
    metadata,
    groupIds,
    ...(lifetimeSeconds !== undefined && {
      expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1000),
    }),
    sealedDataKey: keys.sealDataKey(dataKey, { account, id, kind: 'data-key' }),
    createdAt,
  };
  return { fields, dataKey };
}

async function groupIdsOf(
  newId: string,
  transaction: RecordsTransaction,
  { account, request: { groupIds, fallbackGroup } }: Insertion,
): Promise<readonly string[]> {
  if (groupIds.length > 0 || fallbackGroup === undefined) return groupIds;
  const group = await transaction.ensureGroup(account, { id: newId, name: fallbackGroup, metadata: {} });
  return [group.id];
}
