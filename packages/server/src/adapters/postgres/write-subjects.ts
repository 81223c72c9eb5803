import { errors } from '../../domain/errors.ts';
import type { RecordsTransaction } from '../../ports/records.ts';
import { logMembership, logReferences } from './log-changes.ts';
import { SUBJECT_COLUMNS, type SubjectRow, subjectOf } from './rows.ts';
import { isUuid, onlyRow, type Session } from './session.ts';

type Writing = Pick<RecordsTransaction, 'insertSubject' | 'updateSubject' | 'removeSubject'>;

export const createSubjectWriting = (session: Session): Writing => ({
  insertSubject: async (account, subject) => {
    const { rows } = await session.query<{ number: string }>(
      `insert into facegate.subject (id, account, name, external_id, metadata, sealed_data_key, expires_at,
         created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning number`,
      [
        subject.id,
        account,
        subject.name,
        subject.externalId ?? null,
        JSON.stringify(subject.metadata),
        subject.sealedDataKey,
        subject.expiresAt ?? null,
        subject.createdAt,
      ],
    );
    const { number } = onlyRow(rows);
    await join(session, account, { subjectNumber: number, groupIds: subject.groupIds });
    return { subject: await readSubject(session, subject.id), subjectNumber: Number(number) };
  },

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
      await join(session, account, { subjectNumber: number, groupIds: change.groupIds });
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

async function readSubject(session: Session, id: string) {
  const { rows } = await session.query<SubjectRow>(
    `select ${SUBJECT_COLUMNS} from facegate.subject s where s.id = $1`,
    [id],
  );
  return subjectOf(onlyRow(rows));
}

async function leave(session: Session, subjectNumber: string): Promise<void> {
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    'delete from facegate.membership where subject_number = $1 returning group_number, subject_number',
    [subjectNumber],
  );
  await logMembership(session, rows);
}

interface Joining {
  readonly subjectNumber: string;
  readonly groupIds: readonly string[];
}

/** @throws FaceError `not-found` when a group does not exist. */
async function join(session: Session, account: string, { subjectNumber, groupIds }: Joining): Promise<void> {
  const wanted = new Set(groupIds.map((id) => id.toLowerCase()));
  if (wanted.size === 0) return;
  if (![...wanted].every(isUuid)) throw errors.notFound('group');
  // In one order, so that two callers cannot wait for each other; locked, so that none is removed meanwhile.
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    `with found as (
       select number from facegate.subject_group where account = $1 and id = any ($2::uuid[])
       order by number for key share
     )
     insert into facegate.membership (group_number, subject_number)
     select number, $3::bigint from found returning group_number, subject_number`,
    [account, [...wanted], subjectNumber],
  );
  if (rows.length < wanted.size) throw errors.notFound('group');
  await logMembership(session, rows);
}
