/** The audit trail: its lines, and the one row that says where it begins and ends. */
export const audit = {
  number: 4,
  name: 'audit',
  sql: `
create table facegate.audit_line (
  number bigint primary key,
  -- Milliseconds are all that is sealed.
  at timestamptz(3) not null,
  account text not null,
  actor text not null,
  action text not null,
  subjects text[] not null,
  outcome text not null,
  -- JSON; the text itself is sealed.
  details text not null,
  request_id text,
  previous bytea not null,
  hash bytea not null
);
create index audit_line_subjects on facegate.audit_line using gin (subjects);

create table facegate.audit_trail (
  is_only boolean primary key default true check (is_only),
  id uuid not null,
  sealed_key bytea not null,
  head_number bigint not null,
  head_hash bytea not null,
  head_seal bytea not null,
  cut_number bigint not null,
  cut_hash bytea not null,
  cut_seal bytea not null
);
`,
} as const;
