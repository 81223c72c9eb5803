import type { Pool } from 'pg';
import type { CaseKind, CaseState } from '../../domain/cases/case.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { ErasedCase, ErasedCases } from '../../ports/erased-cases.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** The ErasedCases port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createErasedCases(pool: Pool): ErasedCases {
  const session = withFaceErrors(pool);
  return {
    find: async (reference) => {
      // The database fails on a NUL, which no reference holds.
      if (reference.includes('\0')) return undefined;
      const { rows } = await session.query<ErasedRow & { readonly state: CaseState }>(
        `select reference, space, kind, state, created_at, deleted_at, comment, erased_media, erased_proofs,
           erased_decision, erased_person, case when due_at > now() then due_at end as examined_until,
           (select count(*)::integer from facegate.erasure e where e.case_number = c.number) as files_left
         from facegate.media_case c where reference = $1`,
        [reference],
      );
      return rows.map(({ state, ...row }) =>
        state === 'deleted' ? erasedCaseOf(row) : { reference: row.reference, space: row.space, state },
      )[0];
    },
  };
}

interface ErasedRow {
  readonly reference: string;
  readonly space: AccountId;
  readonly kind: CaseKind;
  readonly created_at: Date;
  readonly deleted_at: Date;
  readonly comment: string;
  readonly erased_media: number | null;
  readonly erased_proofs: number | null;
  readonly erased_decision: boolean | null;
  readonly erased_person: boolean | null;
  readonly examined_until: Date | null;
  readonly files_left: number;
}

const erasedCaseOf = (row: ErasedRow): ErasedCase => ({
  state: 'deleted',
  reference: row.reference,
  space: row.space,
  kind: row.kind,
  createdAt: row.created_at,
  erasedAt: row.deleted_at,
  comment: row.comment,
  ...heldBy(row),
  filesLeft: row.files_left,
  ...(row.examined_until !== null && { examinedUntil: row.examined_until }),
});

function heldBy(row: ErasedRow): Pick<ErasedCase, 'held'> {
  if (row.erased_media === null || row.erased_proofs === null || row.erased_decision === null) return {};
  return {
    held: {
      media: row.erased_media,
      proofs: row.erased_proofs,
      decisions: row.erased_decision ? 1 : 0,
      persons: row.erased_person ? 1 : 0,
    },
  };
}
