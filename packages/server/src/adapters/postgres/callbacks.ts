import type { Pool } from 'pg';
import { spaceOf } from '../../domain/accounts/space-of.ts';
import type { CallbackAddress } from '../../domain/callbacks/callback.ts';
import type { CallbackStore } from '../../ports/callbacks.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** The CallbackStore port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createCallbackStore(pool: Pool): CallbackStore {
  const session = withFaceErrors(pool);
  return {
    put: async ({ account, door, url }) => {
      await session.query(
        `insert into facegate.callback (space, account, door, url) values ($1, $2, $3, $4)
         on conflict (space) do update set url = excluded.url`,
        [spaceOf(account, door), account, door, url],
      );
    },

    remove: async ({ account, door }) => {
      const { rows } = await session.query<CallbackAddress>(
        'delete from facegate.callback where space = $1 returning account, door, url',
        [spaceOf(account, door)],
      );
      return rows[0];
    },

    find: async ({ account, door }) => {
      const { rows } = await session.query<CallbackAddress>(
        'select account, door, url from facegate.callback where space = $1',
        [spaceOf(account, door)],
      );
      return rows[0];
    },

    list: async () => {
      const { rows } = await session.query<CallbackAddress>(
        'select account, door, url from facegate.callback order by account, door',
      );
      return rows;
    },
  };
}
