/**
 * What a receipt of a case's erasure tells: how much there was, and whether all files are gone.
 *
 * Of cases submitted before this step it is not known how much they held; their counts stay empty.
 */
export const erasureReceipts = {
  number: 9,
  name: 'erasure-receipts',
  sql: `
alter table facegate.media_case
  -- Files given up so far: those submitted, and those that could be shown.
  add column erased_media integer,
  add column erased_proofs integer,
  -- Whether it was decided when it was erased.
  add column erased_decision boolean,
  -- Whether somebody was enrolled by it then.
  add column erased_person boolean;
alter table facegate.media_case
  alter column erased_media set default 0,
  alter column erased_proofs set default 0;

-- Whose file it was, where it was a case's.
alter table facegate.erasure add column case_number bigint;
create index erasure_case on facegate.erasure (case_number) where case_number is not null;
`,
} as const;
