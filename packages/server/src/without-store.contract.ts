import type { Enrolment } from './domain/enrolment/enrolment.ts';
import { errors } from './domain/errors.ts';
import type { Identification } from './domain/identification/identification.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('no store is configured');
};

const enrolment: Enrolment = {
  createSubject: refused,
  enrolTemplates: refused,
  subject: refused,
  updateSubject: refused,
  removeSubject: refused,
  groupsOfSubject: refused,
  addReference: refused,
  reference: refused,
  references: refused,
  referencePicture: refused,
  removeReference: refused,
  createGroup: refused,
  group: refused,
  groups: refused,
  updateGroup: refused,
  removeGroup: refused,
  subjectsOfGroup: refused,
  changeMembers: refused,
};

const identification: Identification = {
  identify: refused,
  verifyAndIdentify: refused,
};

/** For tests that need nobody: everything asked is `unavailable`. */
export const WITHOUT_STORE = { enrolment, identification } as const;
