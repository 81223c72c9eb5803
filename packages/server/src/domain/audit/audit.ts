import type { AccountId } from '../enrolment/records.ts';

/** Stands for the account in lines that concern all of them. */
export const ALL_ACCOUNTS = '*' as AccountId;

/** What is worth a line: who did what to whom, and with what outcome. */
export interface AuditEntry {
  /** Whose data it concerns. */
  readonly account: AccountId;
  /** Id of the credentials, or who else: `operator`, `open` (a door without credentials), `housekeeping`. */
  readonly actor: string;
  /** Such as `subject.enrol`, `face.verify`, `face.search`, `credential.rotate`, `account.disable`. */
  readonly action: string;
  /** Ids of the persons it was about: those found, for a search. */
  readonly subjects: readonly string[];
  /** Such as `match`, `no-match`, `attack`, `done`, `refused`. */
  readonly outcome: string;
  /** Numbers and words about it. Never a name, a picture, a template, a score near a threshold's precision, a secret. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
  /** Of the HTTP request, where there was one. */
  readonly requestId?: string;
}

/** Writes the trail. Lines are chained by hashes: one that is changed, dropped or moved afterwards shows. */
export interface Audit {
  /** On disk when resolved. */
  record(entry: AuditEntry): Promise<void>;
  /** On disk within a second, unless the process is killed; all of them when the process closes in order. */
  note(entry: AuditEntry): void;
}
