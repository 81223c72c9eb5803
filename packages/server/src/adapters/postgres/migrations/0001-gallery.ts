/**
 * Subjects, groups, references, and the log of what changed.
 *
 * A `number` is short and local to this database: the index in memory is built of them. An `id` is what callers see.
 * Metadata is `json`, not `jsonb`: it is given back as it came.
 */
export const gallery = {
  number: 1,
  name: 'gallery',
  sql: `
create table facegate.subject (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  account text not null,
  name text not null,
  external_id text,
  metadata json not null,
  sealed_data_key bytea not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  expires_at timestamptz(3)
);
-- Names may be longer than a sorted index takes.
create index subject_name on facegate.subject using hash (name);
create index subject_external_id on facegate.subject using hash (external_id);
create index subject_expires_at on facegate.subject (expires_at) where expires_at is not null;

create table facegate.subject_group (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  account text not null,
  name text not null,
  metadata json not null,
  created_at timestamptz(3) not null default now()
);
create index subject_group_account on facegate.subject_group (account, id desc);
create index subject_group_name on facegate.subject_group using hash (name);

create table facegate.membership (
  group_number bigint not null references facegate.subject_group on delete cascade,
  subject_number bigint not null references facegate.subject on delete cascade,
  primary key (group_number, subject_number)
);
create index membership_subject on facegate.membership (subject_number);

create table facegate.reference (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  subject_number bigint not null references facegate.subject on delete cascade,
  content_type text not null,
  metadata json not null,
  pack_id text not null,
  sealed_template bytea not null,
  blob_id text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
-- Sealed bytes do not compress.
alter table facegate.reference alter column sealed_template set storage external;
create index reference_subject on facegate.reference (subject_number);
create index reference_blob on facegate.reference using hash (blob_id);

-- Which thing changed, not how: a reader looks up how it is now, so that reading a line twice does no harm.
create table facegate.change (
  transaction xid8 not null default pg_current_xact_id(),
  number bigint generated always as identity,
  at timestamptz not null default now(),
  reference_number bigint,
  group_number bigint,
  subject_number bigint,
  primary key (transaction, number)
);
create index change_at on facegate.change (at);

create table facegate.idempotency (
  account text not null,
  key text not null,
  fingerprint text not null,
  answer json,
  at timestamptz not null default now(),
  primary key (account, key)
);
create index idempotency_at on facegate.idempotency (at);

-- Pictures whose record is gone and that are still to be removed from the blob store.
create table facegate.erasure (
  blob_id text primary key,
  at timestamptz not null default now()
);
`,
} as const;
