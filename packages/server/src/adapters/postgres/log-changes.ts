import type { Session } from './session.ts';

/** Writes, in the transaction of the change itself, that these references came or went. */
export async function logReferences(session: Session, numbers: readonly (string | number)[]): Promise<void> {
  if (numbers.length === 0) return;
  await session.query('insert into facegate.change (reference_number) select * from unnest($1::bigint[])', [
    numbers,
  ]);
}

interface MembershipRow {
  readonly group_number: string;
  readonly subject_number: string;
}

/** The same of memberships. */
export async function logMembership(session: Session, rows: readonly MembershipRow[]): Promise<void> {
  if (rows.length === 0) return;
  await session.query(
    `insert into facegate.change (group_number, subject_number)
     select * from unnest($1::bigint[], $2::bigint[])`,
    [rows.map((row) => row.group_number), rows.map((row) => row.subject_number)],
  );
}

/** The same of a group that went with all its memberships. */
export async function logGroup(session: Session, number: string): Promise<void> {
  await session.query('insert into facegate.change (group_number) values ($1)', [number]);
}
