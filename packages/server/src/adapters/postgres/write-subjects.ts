import type { AccountId, Subject } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { InsertedSubject, NewSubject, RecordsTransaction } from '../../ports/records.ts';
import { logMembership, logReferences } from './log-changes.ts';
import { SUBJECT_COLUMNS, type SubjectRow, subjectOf } from './rows.ts';
import { isUuid, type Session } from './session.ts';

type Writing = Pick<
  RecordsTransaction,
  'claimExternalId' | 'insertSubjects' | 'updateSubject' | 'removeSubject'
>;

export const createSubjectWriting = (session: Session): Writing => ({
  claimExternalId: async (account, externalId) => {
    await session.query(`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 2))`, [
      account,
      externalId,
    ]);
    const { rows } = await session.query<{ id: string }>(
      'select id from facegate.subject where account = $1 and external_id = $2 order by id',
      [account, externalId],
    );
    return rows.map(({ id }) => id);
  },

  insertSubjects: (account, subjects) => insertSubjects(session, account, subjects),

  updateSubject: async (account, id, change) => {
    if (!isUuid(id)) return false;
    const { rows } = await session.query<{ number: string }>(
      `update facegate.subject set
         name = coalesce($3, name), external_id = coalesce($4, external_id),
         metadata = coalesce($5, metadata), updated_at = now()
       where account = $1 and id = $2 returning number`,
      [
        account,
        id,
        change.name ?? null,
        change.externalId ?? null,
        change.metadata === undefined ? null : JSON.stringify(change.metadata),
      ],
    );
    const number = rows[0]?.number;
    if (number === undefined) return false;
    if (change.groupIds !== undefined) {
      await leave(session, number);
      await join(session, account, [{ number, groupIds: change.groupIds }]);
    }
    return true;
  },

  removeSubject: async (account, id) => {
    if (!isUuid(id)) return undefined;
    const subject = await session.query<{ number: string }>(
      'select number from facegate.subject where account = $1 and id = $2 for update',
      [account, id],
    );
    const number = subject.rows[0]?.number;
    if (number === undefined) return undefined;
    const removed = await session.query<{ number: string; blob_id: string | null }>(
      'delete from facegate.reference where subject_number = $1 returning number, blob_id',
      [number],
    );
    await leave(session, number);
    await session.query('delete from facegate.subject where number = $1', [number]);
    return forget(session, removed.rows);
  },
});

async function insertSubjects(
  session: Session,
  account: AccountId,
  subjects: readonly NewSubject[],
): Promise<InsertedSubject[]> {
  const ids = subjects.map(({ id }) => id);
  const { rowCount } = await session.query(
    `insert into facegate.subject
       (account, id, name, external_id, metadata, sealed_data_key, expires_at, created_at, updated_at)
     select $1, *, created_at from unnest
       ($2::uuid[], $3::text[], $4::text[], $5::json[], $6::bytea[], $7::timestamptz[], $8::timestamptz[])
       as new (id, name, external_id, metadata, sealed_data_key, expires_at, created_at)
     where not exists (
       select from facegate.retired_master_key retired
       where retired.id = substring(new.sealed_data_key from 1 for octet_length(retired.id))
     )`,
    [
      account,
      ids,
      subjects.map(({ name }) => name),
      subjects.map(({ externalId }) => externalId ?? null),
      subjects.map(({ metadata }) => JSON.stringify(metadata)),
      subjects.map(({ sealedDataKey }) => sealedDataKey),
      subjects.map(({ expiresAt }) => expiresAt ?? null),
      subjects.map(({ createdAt }) => createdAt),
    ],
  );
  if (rowCount !== subjects.length) throw errors.unavailable('a data key is sealed by a retired master key');
  const numbers = await numbersOf(session, ids);
  const joining = subjects.map(({ id, groupIds }) => ({ number: mapped(numbers, id), groupIds }));
  await join(session, account, joining);
  const made = await readSubjects(session, ids);
  return ids.map((id) => ({ subject: mapped(made, id), subjectNumber: Number(mapped(numbers, id)) }));
}

async function numbersOf(session: Session, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await session.query<{ id: string; number: string }>(
    'select id, number from facegate.subject where id = any ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** Notes removed references in the log and their pictures for erasure. @returns the pictures' names. */
export async function forget(
  session: Session,
  removed: readonly { readonly number: string; readonly blob_id: string | null }[],
): Promise<readonly string[]> {
  const blobIds = removed.flatMap(({ blob_id }) => (blob_id === null ? [] : [blob_id]));
  await logReferences(
    session,
    removed.map(({ number }) => number),
  );
  if (blobIds.length > 0) {
    await session.query(
      'insert into facegate.erasure (blob_id) select * from unnest($1::text[]) on conflict do nothing',
      [blobIds],
    );
  }
  return blobIds;
}

async function readSubjects(session: Session, ids: readonly string[]): Promise<Map<string, Subject>> {
  const { rows } = await session.query<SubjectRow>(
    `select ${SUBJECT_COLUMNS} from facegate.subject s where s.id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, subjectOf(row)]));
}

async function leave(session: Session, subjectNumber: string): Promise<void> {
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    'delete from facegate.membership where subject_number = $1 returning group_number, subject_number',
    [subjectNumber],
  );
  await logMembership(session, rows);
}

interface Joining {
  /** Of the subject. */
  readonly number: string;
  readonly groupIds: readonly string[];
}

/** @throws FaceError `not-found` when a group does not exist. */
async function join(session: Session, account: AccountId, joining: readonly Joining[]): Promise<void> {
  const pairs = joining.flatMap(({ number, groupIds }) =>
    [...new Set(groupIds.map((id) => id.toLowerCase()))].map((group) => ({ number, group })),
  );
  if (pairs.length === 0) return;
  if (!pairs.every(({ group }) => isUuid(group))) throw errors.notFound('group');
  // In one order, so that two callers cannot wait for each other; locked, so that none is removed meanwhile.
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    `with found as (
       select number, id from facegate.subject_group where account = $1 and id = any ($2::uuid[])
       order by number for key share
     )
     insert into facegate.membership (group_number, subject_number)
     select found.number, pair.subject from unnest($2::uuid[], $3::bigint[]) as pair (id, subject) join found using (id)
     returning group_number, subject_number`,
    [account, pairs.map(({ group }) => group), pairs.map(({ number }) => number)],
  );
  if (rows.length < pairs.length) throw errors.notFound('group');
  await logMembership(session, rows);
}

function mapped<Value>(values: ReadonlyMap<string, Value>, id: string): Value {
  const value = values.get(id.toLowerCase());
  if (value === undefined) throw errors.internal('the database lost a row that it had just taken');
  return value;
}
