/**
 * Accounts, what opens their doors, and the keys that belong to no person.
 *
 * Of a secret only its SHA-256 is kept: it is drawn from 256 random bits, so that nobody finds it by trying and a slow
 * hash would only slow down each request. Where signatures need the secret itself it is kept sealed.
 */
export const accounts = {
  number: 3,
  name: 'accounts',
  sql: `
create table facegate.service_key (
  name text primary key,
  -- Begins with the id of the master key that sealed it.
  sealed bytea not null
);

create table facegate.account (
  id text primary key,
  name text not null unique,
  state text not null check (state in ('active', 'disabled')),
  mode text not null check (mode in ('live', 'testing')),
  limits json not null,
  created_at timestamptz(3) not null
);

create table facegate.credential (
  id uuid primary key,
  account text not null references facegate.account,
  door text not null,
  identifier text not null,
  secret_hash bytea not null,
  sealed_secret bytea,
  scopes text[] not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  unique (door, identifier),
  unique (door, secret_hash)
);
create index credential_account on facegate.credential (account);
`,
} as const;
