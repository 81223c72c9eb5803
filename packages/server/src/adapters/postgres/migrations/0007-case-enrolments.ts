/**
 * Whom a case is to enrol, and whom it has enrolled: kept as long as that subject is, and removed with the case.
 */
export const caseEnrolments = {
  number: 7,
  name: 'case-enrolments',
  sql: `
alter table facegate.media_case
  add column enrol text,
  add column subject_number bigint references facegate.subject on delete set null;
create unique index media_case_subject on facegate.media_case (subject_number) where subject_number is not null;
`,
} as const;
