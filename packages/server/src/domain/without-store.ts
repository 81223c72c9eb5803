import type { Enrolment } from './enrolment/enrolment.ts';
import { errors } from './errors.ts';
import type { Identification } from './identification/identification.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('no store is configured');
};

/** Stands where there is no store: nobody can be enrolled, and everything asked is `unavailable`. */
export const enrolmentWithoutStore: Enrolment = {
  createSubject: refused,
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

/** The same for searching. */
export const identificationWithoutStore: Identification = {
  identify: refused,
  verifyAndIdentify: refused,
};
