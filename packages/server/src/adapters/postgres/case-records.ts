import type { Pool } from 'pg';
import { errors } from '../../domain/errors.ts';
import type { CaseName, CaseRecords, NewCase } from '../../ports/case-records.ts';
import { removeSubjectOf } from './case-enrolments.ts';
import { createCaseKeys } from './case-keys.ts';
import { filesLeft, insertMedia, removeMedia } from './case-media.ts';
import { mayBecome } from './case-moves.ts';
import { createCaseQueue } from './case-queue.ts';
import { CASE_COLUMNS, type CaseRow, type MediumRow, proofOf, storedCaseOf } from './case-rows.ts';
import { forgetNotices, noteEvent } from './note-event.ts';
import type { Session } from './session.ts';
import { fromStoreError } from './store-errors.ts';
import { runTransaction } from './transaction.ts';
import { withFaceErrors } from './with-face-errors.ts';
import { createWriteSignal } from './write-signal.ts';

/** The CaseRecords port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createCaseRecords(pool: Pool): CaseRecords {
  const reading = withFaceErrors(pool);
  const signal = createWriteSignal(pool, 'facegate_case');
  return {
    ...createCaseQueue(pool, signal.send),
    ...createCaseKeys(reading),

    insert: async (submitted) => {
      const isNew = await runTransaction(pool, (session) => insert(session, submitted));
      if (isNew) signal.send();
      return isNew;
    },

    find: async (name) => {
      if (!isText(name.reference)) return undefined;
      const { rows } = await reading.query<CaseRow>(
        `select ${CASE_COLUMNS} from facegate.media_case c
         where c.reference = $1 and c.space = $2 and c.state <> 'deleted'`,
        [name.reference, name.space],
      );
      return rows.map(storedCaseOf)[0];
    },

    findProof: (id) => findProof(reading, id),
    erase: async (name, comment) => {
      const freed = await runTransaction(pool, (session) => erase(session, name, comment));
      signal.send();
      return freed;
    },

    createdBefore: async (moment, limit) => {
      const { rows } = await reading.query<CaseRow>(
        `select reference, space from facegate.media_case
         where created_at < $1 and state <> 'deleted' and subject_number is null order by created_at limit $2`,
        [moment, limit],
      );
      return rows.map(({ reference, space }) => ({ reference, space }));
    },

    onChange: async (listener) => {
      try {
        return await signal.listen(listener);
      } catch (error) {
        throw fromStoreError(error);
      }
    },
  };
}

/** The database fails on a NUL, which no reference holds. */
const isText = (text: string): boolean => !text.includes('\0');

async function insert(session: Session, submitted: NewCase): Promise<boolean> {
  const { reference, space, kind, clientReference, sealedDataKey, createdAt, media, enrol } = submitted;
  const { rows } = await session.query<{ number: string }>(
    `insert into facegate.media_case (reference, space, kind, client_reference, state, sealed_data_key, created_at, enrol)
     select $1, $2, $3, $4, 'pending', $5::bytea, $6::timestamptz, $7
     where not exists (
       select from facegate.retired_master_key retired
       where retired.id = substring($5::bytea from 1 for octet_length(retired.id))
     )
     on conflict do nothing returning number`,
    [reference, space, kind, clientReference ?? null, sealedDataKey, createdAt, enrol ?? null],
  );
  const [row] = rows;
  if (row === undefined) return isTaken(session, reference);
  await insertMedia(session, row.number, media);
  await noteEvent(session, [row.number], 'submitted');
  return true;
}

/** @returns false. @throws FaceError `unavailable` when it was not that for which nothing was inserted. */
async function isTaken(session: Session, reference: string): Promise<false> {
  const { rowCount } = await session.query('select from facegate.media_case where reference = $1', [
    reference,
  ]);
  if (rowCount === 0) throw errors.unavailable('a data key is sealed by a retired master key');
  return false;
}

type ProofRow = MediumRow & Pick<CaseRow, 'reference' | 'space' | 'sealed_data_key'>;

async function findProof(session: Session, id: string): ReturnType<CaseRecords['findProof']> {
  if (!isText(id)) return undefined;
  const { rows } = await session.query<ProofRow>(
    `select m.name, m.content_type, m.blob_id, m.proof_id, c.reference, c.space, c.sealed_data_key
     from facegate.case_medium m join facegate.media_case c on c.number = m.case_number
     where m.proof_id = $1 and c.state <> 'deleted'`,
    [id],
  );
  return rows.flatMap((row) =>
    proofOf(row).map((proof) => ({
      ...proof,
      reference: row.reference,
      space: row.space,
      sealedDataKey: row.sealed_data_key,
    })),
  )[0];
}

async function erase(
  session: Session,
  { space, reference }: CaseName,
  comment: string,
): Promise<string[] | undefined> {
  if (!isText(reference)) return undefined;
  const { rows } = await session.query<{ number: string }>(
    `update facegate.media_case
     set state = 'deleted', sealed_data_key = null, sealed_decision = null, client_reference = null, lease = null,
       deleted_at = now(), comment = $3, erased_decision = sealed_decision is not null,
       erased_person = subject_number is not null,
       -- The end of the lease stays: until then somebody may hold what was erased.
       due_at = case when state = 'processing' then due_at else now() end
     where reference = $1 and space = $2 and state = any ($4::text[]) returning number`,
    [reference, space, comment, mayBecome('deleted')],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { number } = row;
  await forgetNotices(session, number);
  await removeMedia(session, number);
  const ofSubject = await removeSubjectOf(session, { number, space });
  return [...(await filesLeft(session, number)), ...ofSubject];
}
