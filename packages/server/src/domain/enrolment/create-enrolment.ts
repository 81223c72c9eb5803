import type { StoredReference } from '../../ports/records.ts';
import type { Picture } from '../acquisition/acquire-picture.ts';
import { errors } from '../errors.ts';
import { addReference } from './add-reference.ts';
import { groupAgain } from './answers.ts';
import { createSubject } from './create-subject.ts';
import { enrolTemplates } from './enrol-templates.ts';
import type { Enrolment } from './enrolment.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId, Group, Subject } from './records.ts';
import { removeByExternalId, removeReference, removeSubject } from './remove.ts';

/** The use cases of enrolment, bound to what they need. */
export const createEnrolment = (parts: EnrolmentParts): Enrolment => ({
  ...subjectCases(parts),
  ...referenceCases(parts),
  ...groupCases(parts),
});

type SubjectCases = Pick<
  Enrolment,
  | 'createSubject'
  | 'enrolTemplates'
  | 'subject'
  | 'updateSubject'
  | 'removeSubject'
  | 'removeByExternalId'
  | 'groupsOfSubject'
>;

function subjectCases(parts: EnrolmentParts): SubjectCases {
  const { records } = parts;
  return {
    createSubject: (account, request, idempotency) => createSubject(parts, account, request, idempotency),
    enrolTemplates: (account, enrolments) => enrolTemplates(parts, account, enrolments),
    subject: (account, id) => livingSubject(parts, account, id),
    updateSubject: async (account, id, change) => {
      await livingSubject(parts, account, id);
      const found = await records.transaction((transaction) =>
        transaction.updateSubject(account, id, change),
      );
      if (!found) throw errors.notFound('person');
      await parts.catchUp();
    },
    removeSubject: (account, id) => removeSubject(parts, account, id),
    removeByExternalId: (account, externalId) => removeByExternalId(parts, account, externalId),
    groupsOfSubject: async (account, id, page) => {
      await livingSubject(parts, account, id);
      return records.groupsOfSubject(account, id, page);
    },
  };
}

/** One whose time has come is gone, whether or not housekeeping has been by. */
async function livingSubject(
  { records, clock }: EnrolmentParts,
  account: AccountId,
  id: string,
): Promise<Subject> {
  const subject = await records.subject(account, id);
  if (subject === undefined || (subject.expiresAt && subject.expiresAt <= clock.now())) {
    throw errors.notFound('person');
  }
  return subject;
}

type ReferenceCases = Pick<
  Enrolment,
  'addReference' | 'reference' | 'references' | 'referencePicture' | 'removeReference'
>;

function referenceCases(parts: EnrolmentParts): ReferenceCases {
  return {
    addReference: async (account, subjectId, request, idempotency, signal) => {
      await livingSubject(parts, account, subjectId);
      return addReference(parts, { account, subjectId, request, idempotency, signal });
    },
    reference: async (account, id) => {
      const reference = await parts.records.reference(account, id);
      if (reference === undefined) throw errors.notFound('image');
      return reference;
    },
    references: async (account, subjectId, page) => {
      await livingSubject(parts, account, subjectId);
      return parts.records.references(account, subjectId, page);
    },
    referencePicture: (account, subjectId, id) => readPicture(parts, { account, subjectId, id }),
    removeReference: async (account, subjectId, id) => {
      await livingSubject(parts, account, subjectId);
      await removeReference(parts, account, { subjectId, id });
    },
  };
}

interface ReferenceName {
  readonly account: AccountId;
  readonly subjectId: string;
  readonly id: string;
}

async function readPicture(
  parts: EnrolmentParts,
  { account, subjectId, id }: ReferenceName,
): Promise<Picture> {
  await livingSubject(parts, account, subjectId);
  const reference = await parts.records.reference(account, id);
  if (reference?.subjectId !== subjectId.toLowerCase() || reference.blobId === undefined) {
    throw errors.notFound('image');
  }
  return openPicture(parts, account, { ...reference, blobId: reference.blobId });
}

async function openPicture(
  { blobs, keys }: EnrolmentParts,
  account: AccountId,
  reference: StoredReference & { readonly blobId: string },
): Promise<Picture> {
  const sealed = await blobs.get(reference.blobId);
  if (sealed === undefined) throw errors.internal(`the picture of reference ${reference.id} is missing`);
  const subject = { account, id: reference.subjectId, kind: 'data-key' } as const;
  const dataKey = keys.openDataKey(reference.sealedDataKey, subject);
  const bytes = keys.open(dataKey, sealed, { account, id: reference.id, kind: 'image' });
  return { bytes, contentType: reference.contentType };
}

type GroupCases = Omit<Enrolment, keyof SubjectCases | keyof ReferenceCases>;

function groupCases(parts: EnrolmentParts): GroupCases {
  const { records, ids } = parts;
  return {
    createGroup: (account, request, idempotency) =>
      records.transaction(async (transaction) => {
        const earlier = idempotency && (await transaction.claim(account, idempotency));
        if (earlier !== undefined) return groupAgain(earlier);
        const group = await transaction.insertGroup(account, { id: ids.nextOrdered(), ...request });
        if (idempotency) await transaction.remember(account, idempotency, group);
        return group;
      }),
    group: (account, id) => existingGroup(parts, account, id),
    groups: (account, page) => records.groups(account, page),
    updateGroup: async (account, id, change) => {
      const found = await records.transaction((transaction) => transaction.updateGroup(account, id, change));
      if (!found) throw errors.notFound('group');
    },
    removeGroup: async (account, id) => {
      const found = await records.transaction((transaction) => transaction.removeGroup(account, id));
      if (!found) throw errors.notFound('group');
      await parts.catchUp();
    },
    subjectsOfGroup: async (account, id, page) => {
      await existingGroup(parts, account, id);
      return records.subjectsOfGroup(account, id, page);
    },
    changeMembers: async (account, groupId, change) => {
      await records.transaction((transaction) => transaction.changeMembers(account, groupId, change));
      await parts.catchUp();
    },
  };
}

async function existingGroup({ records }: EnrolmentParts, account: AccountId, id: string): Promise<Group> {
  const group = await records.group(account, id);
  if (group === undefined) throw errors.notFound('group');
  return group;
}
