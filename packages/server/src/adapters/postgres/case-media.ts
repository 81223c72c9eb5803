import type { CaseMedium, CaseProof } from '../../ports/case-records.ts';
import type { Session } from './session.ts';

export async function insertMedia(
  session: Session,
  caseNumber: string,
  media: readonly (CaseMedium | CaseProof)[],
): Promise<void> {
  await session.query(
    `insert into facegate.case_medium (case_number, name, content_type, blob_id, proof_id)
     select $1::bigint, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])`,
    [
      caseNumber,
      media.map(({ name }) => name),
      media.map(({ contentType }) => contentType),
      media.map(({ blobId }) => blobId),
      media.map((medium) => ('id' in medium ? medium.id : null)),
    ],
  );
}

/** Forgets the media of a case; blobs other than those `kept` are counted and noted for removal. */
export async function removeMedia(
  session: Session,
  caseNumber: string,
  kept: readonly string[] = [],
): Promise<void> {
  await session.query(
    `with gone as (delete from facegate.case_medium where case_number = $1 returning blob_id, proof_id),
       freed as (select * from gone where not blob_id = any ($2::text[])),
       counted as (
         update facegate.media_case set
           erased_media = erased_media + (select count(*) from freed where proof_id is null),
           erased_proofs = erased_proofs + (select count(*) from freed where proof_id is not null)
         where number = $1
       )
     insert into facegate.erasure (blob_id, case_number) select blob_id, $1 from freed
     on conflict do nothing`,
    [caseNumber, kept],
  );
}

/** Blobs of a case that are still to be removed: those that a decision replaced a moment ago, too. */
export async function filesLeft(session: Session, caseNumber: string): Promise<string[]> {
  const { rows } = await session.query<{ blob_id: string }>(
    'select blob_id from facegate.erasure where case_number = $1',
    [caseNumber],
  );
  return rows.map((row) => row.blob_id);
}
