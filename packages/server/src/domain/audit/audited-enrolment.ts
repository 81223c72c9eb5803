import type { Enrolment } from '../enrolment/enrolment.ts';
import type { AccountId } from '../enrolment/records.ts';
import type { AuditEntry } from './audit.ts';
import type { Deed, Scribe } from './scribe.ts';

/** The same use cases; each change is recorded before it is answered, each picture that is given out is noted. */
export const auditedEnrolment = (enrolment: Enrolment, scribe: Scribe): Enrolment => ({
  ...enrolment,
  ...auditedSubjects(enrolment, scribe),
  ...auditedReferences(enrolment, scribe),
  ...auditedGroups(enrolment, scribe),
});

type SubjectChanges =
  | 'createSubject'
  | 'enrolTemplates'
  | 'updateSubject'
  | 'removeSubject'
  | 'removeByExternalId';

function auditedSubjects(enrolment: Enrolment, scribe: Scribe): Pick<Enrolment, SubjectChanges> {
  return {
    createSubject: (account, ...rest) =>
      scribe.doing(
        () => enrolment.createSubject(account, ...rest),
        ({ id }) => done('subject.create', account, [id]),
        failed('subject.create', account),
      ),
    enrolTemplates: (account, enrolments) =>
      scribe.doing(
        () => enrolment.enrolTemplates(account, enrolments),
        (subjects) =>
          done(
            'subject.enrol',
            account,
            subjects.map(({ id }) => id),
          ),
        failed('subject.enrol', account),
      ),
    updateSubject: (account, id, change) =>
      scribe.doing(
        () => enrolment.updateSubject(account, id, change),
        () => done('subject.update', account, [id]),
        failed('subject.update', account, [id]),
      ),
    removeSubject: (account, id) =>
      scribe.doing(
        () => enrolment.removeSubject(account, id),
        () => done('subject.erase', account, [id]),
        failed('subject.erase', account, [id]),
      ),
    removeByExternalId: (account, externalId) =>
      scribe.doing(
        () => enrolment.removeByExternalId(account, externalId),
        (ids) => done('subject.erase', account, ids),
        failed('subject.erase', account),
      ),
  };
}

type ReferenceChanges = 'addReference' | 'removeReference' | 'referencePicture';

function auditedReferences(enrolment: Enrolment, scribe: Scribe): Pick<Enrolment, ReferenceChanges> {
  return {
    addReference: (account, subjectId, ...rest) =>
      scribe.doing(
        () => enrolment.addReference(account, subjectId, ...rest),
        (result) =>
          result.outcome === 'enrolled'
            ? done('reference.enrol', account, [subjectId], { reference: result.reference.id })
            : { ...done('reference.enrol', account, [subjectId]), outcome: 'failure-to-acquire' },
        failed('reference.enrol', account, [subjectId]),
      ),
    removeReference: (account, subjectId, id) =>
      scribe.doing(
        () => enrolment.removeReference(account, subjectId, id),
        () => done('reference.erase', account, [subjectId], idDetail('reference', id)),
        failed('reference.erase', account, [subjectId]),
      ),
    referencePicture: async (account, subjectId, id) => {
      const picture = await enrolment.referencePicture(account, subjectId, id);
      scribe.note(done('reference.read', account, [subjectId], idDetail('reference', id)));
      return picture;
    },
  };
}

type GroupChanges = 'createGroup' | 'updateGroup' | 'removeGroup' | 'changeMembers';

function auditedGroups(enrolment: Enrolment, scribe: Scribe): Pick<Enrolment, GroupChanges> {
  return {
    createGroup: (account, ...rest) =>
      scribe.doing(
        () => enrolment.createGroup(account, ...rest),
        ({ id }) => done('group.create', account, [], { group: id }),
        failed('group.create', account),
      ),
    updateGroup: (account, id, change) =>
      scribe.doing(
        () => enrolment.updateGroup(account, id, change),
        () => done('group.update', account, [], idDetail('group', id)),
        failed('group.update', account, [], idDetail('group', id)),
      ),
    removeGroup: (account, id) =>
      scribe.doing(
        () => enrolment.removeGroup(account, id),
        () => done('group.remove', account, [], idDetail('group', id)),
        failed('group.remove', account, [], idDetail('group', id)),
      ),
    changeMembers: (account, id, change) => {
      const subjects = [...change.add, ...change.remove];
      const details = { ...idDetail('group', id), added: change.add.length, removed: change.remove.length };
      return scribe.doing(
        () => enrolment.changeMembers(account, id, change),
        () => done('group.change-members', account, subjects, details),
        failed('group.change-members', account, subjects, details),
      );
    },
  };
}

type Details = AuditEntry['details'];

const done = (
  action: string,
  account: AccountId,
  subjects: readonly string[],
  details: Details = {},
): Deed => ({ action, account, subjects: subjects.filter(isId), details, outcome: 'done' });

/** It is not known whether it was done. */
const failed = (
  action: string,
  account: AccountId,
  subjects: readonly string[] = [],
  details: Details = {},
): Deed => ({ ...done(action, account, subjects, details), outcome: 'failed' });

/** Callers send what they like where an id belongs, a name too: only the shape of an id is written down. */
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const idDetail = (what: string, id: string): Details => (isId(id) ? { [what]: id.toLowerCase() } : {});
