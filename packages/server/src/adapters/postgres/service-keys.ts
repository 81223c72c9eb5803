import type { Pool } from 'pg';
import { errors } from '../../domain/errors.ts';
import type { ServiceKey, ServiceKeys } from '../../ports/service-keys.ts';
import type { Session } from './session.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** The ServiceKeys port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createServiceKeys(pool: Pool): ServiceKeys {
  const session = withFaceErrors(pool);
  return {
    keep: async (name, sealed) => {
      await insert(session, { name, sealed });
      const kept = await read(session, name);
      if (kept === undefined) throw errors.unavailable('a service key is sealed by a retired master key');
      return kept;
    },

    read: (name) => read(session, name),

    all: async () => {
      const { rows } = await session.query<Row>(
        'select name, sealed from facegate.service_key order by name collate "C"',
      );
      return rows.map(({ name, sealed }) => ({ name, sealed }));
    },

    replace: async (changes) => {
      const { rowCount } = await session.query(
        `update facegate.service_key set sealed = change.after
         from unnest($1::text[], $2::bytea[], $3::bytea[]) as change (name, before, after)
         where service_key.name = change.name and service_key.sealed = change.before`,
        [
          changes.map(({ name }) => name),
          changes.map(({ before }) => before),
          changes.map(({ after }) => after),
        ],
      );
      return rowCount ?? 0;
    },
  };
}

interface Row {
  readonly name: string;
  readonly sealed: Buffer;
}

async function insert(session: Session, { name, sealed }: ServiceKey): Promise<void> {
  await session.query(
    `insert into facegate.service_key (name, sealed) select $1::text, $2::bytea
     where not exists (
       select from facegate.retired_master_key retired
       where retired.id = substring($2::bytea from 1 for octet_length(retired.id))
     )
     on conflict do nothing`,
    [name, sealed],
  );
}

async function read(session: Session, name: string): Promise<Uint8Array | undefined> {
  const { rows } = await session.query<Row>('select name, sealed from facegate.service_key where name = $1', [
    name,
  ]);
  return rows[0]?.sealed;
}
