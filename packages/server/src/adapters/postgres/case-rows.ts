import type { CaseKind, CaseState, EnrolmentWish, ProofName } from '../../domain/cases/case.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { AttemptedCase, CaseMedium, CaseProof, NewCase, StoredCase } from '../../ports/case-records.ts';

/** Columns of a case `c` that is not deleted, with its media. */
export const CASE_COLUMNS = `
  c.reference, c.space, c.kind, c.client_reference, c.state, c.sealed_data_key, c.sealed_decision, c.attempts,
  c.lease, c.created_at, c.enrol,
  (
    select coalesce(json_agg(m order by m.name), '[]') from facegate.case_medium m where m.case_number = c.number
  ) as media`;

export interface MediumRow {
  readonly name: ProofName;
  readonly content_type: string;
  readonly blob_id: string;
  readonly proof_id: string | null;
}

export interface CaseRow {
  readonly reference: string;
  readonly space: AccountId;
  readonly kind: CaseKind;
  readonly client_reference: string | null;
  readonly state: Exclude<CaseState, 'deleted'>;
  readonly sealed_data_key: Buffer;
  readonly sealed_decision: Buffer | null;
  readonly attempts: number;
  readonly lease: string | null;
  readonly created_at: Date;
  readonly enrol: EnrolmentWish | null;
  readonly media: readonly MediumRow[];
}

export const storedCaseOf = (row: CaseRow): StoredCase => ({
  ...fieldsOf(row),
  state: row.state,
  ...(row.sealed_decision !== null && { sealedDecision: row.sealed_decision }),
  proofs: row.media.flatMap(proofOf),
});

export const newCaseOf = (row: CaseRow): NewCase => ({
  ...fieldsOf(row),
  media: row.media.map(mediumOf),
  ...(row.enrol !== null && { enrol: row.enrol }),
});

export const attemptedCaseOf = ({ space, reference, kind, attempts }: CaseRow): AttemptedCase => ({
  space,
  reference,
  kind,
  attempts,
});

const fieldsOf = (row: CaseRow) => ({
  reference: row.reference,
  space: row.space,
  kind: row.kind,
  ...(row.client_reference !== null && { clientReference: row.client_reference }),
  createdAt: row.created_at,
  sealedDataKey: row.sealed_data_key,
});

const mediumOf = (row: MediumRow): CaseMedium => ({
  name: row.name,
  contentType: row.content_type,
  blobId: row.blob_id,
});

export const proofOf = (row: MediumRow): CaseProof[] =>
  row.proof_id === null ? [] : [{ ...mediumOf(row), id: row.proof_id }];
