import { errors } from '../../domain/errors.ts';
import type { RecordsTransaction } from '../../ports/records.ts';
import { logReferences } from './log-changes.ts';
import { isUuid, type Session } from './session.ts';
import { isForeignKeyViolation } from './store-errors.ts';
import { forget } from './write-subjects.ts';

type Writing = Pick<RecordsTransaction, 'insertReferences' | 'removeReference'>;

export const createReferenceWriting = (session: Session): Writing => ({
  insertReferences: async (references) => {
    try {
      const { rows } = await session.query<{ number: string }>(
        `insert into facegate.reference
           (id, subject_number, content_type, metadata, pack_id, sealed_template, blob_id, created_at, updated_at)
         select *, created_at from unnest
           ($1::uuid[], $2::bigint[], $3::text[], $4::json[], $5::text[], $6::bytea[], $7::text[], $8::timestamptz[])
           as new (id, subject_number, content_type, metadata, pack_id, sealed_template, blob_id, created_at)
         returning number`,
        [
          references.map(({ id }) => id),
          references.map(({ subjectNumber }) => subjectNumber),
          references.map(({ contentType }) => contentType),
          references.map(({ metadata }) => JSON.stringify(metadata)),
          references.map(({ packId }) => packId),
          references.map(({ sealedTemplate }) => sealedTemplate),
          references.map(({ blobId }) => blobId ?? null),
          references.map(({ createdAt }) => createdAt),
        ],
      );
      await logReferences(
        session,
        rows.map(({ number }) => number),
      );
    } catch (error) {
      throw isForeignKeyViolation(error) ? errors.notFound('person') : error;
    }
  },

  removeReference: async (account, subjectId, id) => {
    if (!isUuid(id) || !isUuid(subjectId)) return undefined;
    const { rows } = await session.query<{ number: string; blob_id: string | null }>(
      `delete from facegate.reference r using facegate.subject s
       where s.number = r.subject_number and s.account = $1 and s.id = $2 and r.id = $3
       returning r.number, r.blob_id`,
      [account, subjectId, id],
    );
    return rows.length === 0 ? undefined : forget(session, rows);
  },
});
