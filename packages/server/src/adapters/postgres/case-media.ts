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

/** Forgets the media of a case; blobs other than those `kept` are noted for removal. @returns these. */
export async function removeMedia(
  session: Session,
  caseNumber: string,
  kept: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await session.query<{ blob_id: string }>(
    `with gone as (delete from facegate.case_medium where case_number = $1 returning blob_id)
     insert into facegate.erasure (blob_id) select blob_id from gone where not blob_id = any ($2::text[])
     on conflict (blob_id) do update set at = erasure.at returning blob_id`,
    [caseNumber, kept],
  );
  return rows.map((row) => row.blob_id);
}
