import { randomUUID } from 'node:crypto';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { InsertedSubject, NewReference, NewSubject, RecordsTransaction } from './records.ts';

export const KEY = Uint8Array.of(1, 2, 3);
/** Ids that rise with time, as the server makes them. */
let made = 0;
export const nextId = () => `0190a000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`;

export const person = (rest: Partial<NewSubject> = {}): NewSubject => ({
  id: nextId(),
  name: 'Ada',
  metadata: {},
  groupIds: [],
  sealedDataKey: KEY,
  createdAt: new Date(),
  ...rest,
});

export const reference = (subjectNumber: number, rest: Partial<NewReference> = {}): NewReference => ({
  id: nextId(),
  subjectNumber,
  contentType: 'image/jpeg',
  metadata: {},
  packId: 'pack@1',
  sealedTemplate: Uint8Array.of(9, 8, 7),
  blobId: randomUUID(),
  createdAt: new Date(1_700_000_000_000),
  ...rest,
});

export async function insertOne(
  tx: RecordsTransaction,
  account: AccountId,
  subject: NewSubject,
): Promise<InsertedSubject> {
  const [inserted] = await tx.insertSubjects(account, [subject]);
  if (inserted === undefined) throw new Error('Nobody was inserted.');
  return inserted;
}
