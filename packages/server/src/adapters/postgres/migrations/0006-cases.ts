/**
 * Submissions that are examined later, what is kept of them, and the queue of those to be decided.
 *
 * A deleted case leaves its reference, times and comment.
 */
export const cases = {
  number: 6,
  name: 'cases',
  sql: `
create table facegate.media_case (
  number bigint generated always as identity primary key,
  reference text not null unique,
  space text not null,
  kind text not null,
  client_reference text,
  state text not null check (state in ('pending', 'processing', 'completed', 'failed', 'deleted')),
  -- Begins with the id of the master key that sealed it.
  sealed_data_key bytea,
  sealed_decision bytea,
  attempts integer not null default 0,
  -- When a pending one may be claimed; when the lease of a processing one lapses.
  due_at timestamptz not null default now(),
  lease uuid,
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  comment text,
  check ((state = 'deleted') = (sealed_data_key is null)),
  check ((state = 'completed') = (sealed_decision is not null)),
  check ((state = 'processing') = (lease is not null))
);
create index media_case_due on facegate.media_case (due_at) where state in ('pending', 'processing');
create index media_case_created on facegate.media_case (created_at) where state <> 'deleted';

create table facegate.case_medium (
  case_number bigint not null references facegate.media_case on delete cascade,
  name text not null,
  content_type text not null,
  blob_id text not null,
  -- Present when it can be shown.
  proof_id text unique,
  primary key (case_number, name)
);
create index case_medium_blob on facegate.case_medium using hash (blob_id);
`,
} as const;
