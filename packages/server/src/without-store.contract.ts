import type { Authentication } from './domain/accounts/authentication.ts';
import type { Audit } from './domain/audit/audit.ts';
import type { Cases } from './domain/cases/cases.ts';
import type { Enrolment } from './domain/enrolment/enrolment.ts';
import { errors } from './domain/errors.ts';
import type { Examinations } from './domain/examination/examination.ts';
import type { Identification } from './domain/identification/identification.ts';
import type { Limits } from './domain/limits/limits.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('no store is configured');
};

const cases: Cases = {
  submit: refused,
  find: refused,
  settled: refused,
  erase: refused,
  linkTo: refused,
  openLink: refused,
};

const enrolment: Enrolment = {
  createSubject: refused,
  enrolTemplates: refused,
  subject: refused,
  updateSubject: refused,
  removeSubject: refused,
  removeByExternalId: refused,
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

const examinations: Examinations = {
  examine: refused,
  verifySubject: refused,
  verifyPair: refused,
  enrolSubject: refused,
  searchSubjects: refused,
};

const authentication: Authentication = {
  byPair: refused,
  bySecret: refused,
  byProof: refused,
  issueToken: refused,
  byToken: refused,
};

const limits: Limits = {
  countRequest: refused,
  countStranger: refused,
  countTokenRequest: refused,
  takeQuotas: refused,
  beginAttempt: refused,
  endAttempt: refused,
};

const audit: Audit = { record: async () => {}, note: () => {} };

/** For tests that need nobody: everything asked is `unavailable`, and no trail is kept. */
export const WITHOUT_STORE = {
  cases,
  enrolment,
  examinations,
  identification,
  authentication,
  limits,
  audit,
} as const;
