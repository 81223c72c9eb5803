/** Where accounts want to hear of their cases, and what is still to be told. */
export const callbacks = {
  number: 8,
  name: 'callbacks',
  sql: `
create table facegate.callback (
  -- As cases have it.
  space text primary key,
  account text not null references facegate.account,
  door text not null,
  url text not null,
  unique (account, door)
);

create table facegate.notice (
  number bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  space text not null references facegate.callback on delete cascade,
  case_number bigint not null references facegate.media_case on delete cascade,
  event text not null check (event in ('submitted', 'accepted', 'declined', 'failed')),
  attempts integer not null default 0,
  -- When it may be claimed; when the lease of a claimed one lapses.
  due_at timestamptz not null default now(),
  lease uuid,
  -- Of the last attempt.
  reason text,
  given_up_at timestamptz(3),
  unique (case_number, event)
);
create index notice_due on facegate.notice (due_at) where given_up_at is null;
create index notice_space on facegate.notice (space);
create index notice_leased on facegate.notice (space) where lease is not null;
`,
} as const;
