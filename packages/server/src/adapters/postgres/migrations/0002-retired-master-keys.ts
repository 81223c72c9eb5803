/** Master keys that were replaced: nobody may seal a new subject's data key with one of them. */
export const retiredMasterKeys = {
  number: 2,
  name: 'retired-master-keys',
  sql: `
create table facegate.retired_master_key (
  -- What the seals of the key begin with.
  id bytea primary key,
  at timestamptz not null default now()
);
`,
} as const;
