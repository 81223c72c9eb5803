import type { AccountId, Reference } from '../../domain/enrolment/records.ts';
import type { CandidateRecord, Records, StoredReference } from '../../ports/records.ts';
import { pageOf, single } from './read-page.ts';
import {
  REFERENCE_COLUMNS,
  type ReferenceRow,
  referenceOf,
  SUBJECT_BY_EXTERNAL_ID,
  SUBJECT_COLUMNS,
  type SubjectRow,
  subjectOf,
} from './rows.ts';
import type { Session } from './session.ts';

type Reading = Pick<Records, 'reference' | 'references' | 'sealedTemplates' | 'candidates'>;

export const createReferenceReading = (session: Session): Reading => ({
  reference: (account, id) =>
    single<ReferenceRow & { subject_id: string; sealed_data_key: Buffer }, StoredReference>(session, {
      text: `select ${REFERENCE_COLUMNS}, s.id as subject_id, s.sealed_data_key
             from facegate.reference r join facegate.subject s on s.number = r.subject_number
             where s.account = $1 and r.id = $2`,
      account,
      id,
      make: (row) => ({
        ...referenceOf(row, row.subject_id),
        sealedDataKey: row.sealed_data_key,
        ...(row.blob_id !== null && { blobId: row.blob_id }),
      }),
    }),

  references: (account, subjectId, page) =>
    pageOf<ReferenceRow, Reference>(session, {
      columns: REFERENCE_COLUMNS,
      from: `from facegate.reference r join facegate.subject s on s.number = r.subject_number
             where s.account = $1 and s.id = $2`,
      order: 'r.id',
      values: [account, subjectId],
      page,
      make: (row) => referenceOf(row, subjectId),
    }),

  sealedTemplates: (account, externalId, packId) => sealedTemplates(session, { account, externalId, packId }),

  candidates: (account, numbers) => candidates(session, account, numbers),
});

interface TemplatesOf {
  readonly account: AccountId;
  readonly externalId: string;
  readonly packId: string;
}

async function sealedTemplates(session: Session, { account, externalId, packId }: TemplatesOf) {
  const { rows } = await session.query<{
    id: string;
    subject_id: string;
    sealed_data_key: Buffer;
    sealed_template: Buffer;
  }>(
    `select r.id, s.id as subject_id, s.sealed_data_key, r.sealed_template
     from (${SUBJECT_BY_EXTERNAL_ID}) s join facegate.reference r on r.subject_number = s.number
     where r.pack_id = $3`,
    [account, externalId, packId],
  );
  return rows.map((row) => ({
    account,
    id: row.id,
    subjectId: row.subject_id,
    sealedDataKey: row.sealed_data_key,
    sealedTemplate: row.sealed_template,
  }));
}

async function candidates(
  session: Session,
  account: AccountId,
  numbers: readonly number[],
): Promise<CandidateRecord[]> {
  if (numbers.length === 0) return [];
  const { rows } = await session.query<SubjectRow & ReferenceRow>(
    `select ${SUBJECT_COLUMNS}, ${REFERENCE_COLUMNS}
     from facegate.reference r join facegate.subject s on s.number = r.subject_number
     where s.account = $1 and r.number = any ($2::bigint[]) and (s.expires_at is null or s.expires_at > now())`,
    [account, numbers],
  );
  return rows.map((row) => ({
    referenceNumber: Number(row.reference_number),
    reference: referenceOf(row, row.id),
    subject: subjectOf(row),
  }));
}
