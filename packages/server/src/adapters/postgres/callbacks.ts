import type { Pool } from 'pg';
import { spaceOf } from '../../domain/accounts/space-of.ts';
import type { CallbackAddress, CallbackDoor } from '../../domain/callbacks/callback.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { CallbackStore } from '../../ports/callbacks.ts';
import { withFaceErrors } from './with-face-errors.ts';

interface Row {
  readonly account: AccountId;
  readonly door: CallbackDoor;
  readonly url: string;
}

interface StoredRow extends Row {
  readonly sealed_secret: Buffer;
}

const addressOf = ({ account, door, url }: Row): CallbackAddress => ({ account, door, url });

/** The CallbackStore port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createCallbackStore(pool: Pool): CallbackStore {
  const session = withFaceErrors(pool);
  return {
    put: async ({ account, door, url, sealedSecret }) => {
      const space = spaceOf(account, door);
      if (sealedSecret !== undefined) {
        await session.query(
          `insert into facegate.callback (space, account, door, url, sealed_secret) values ($1, $2, $3, $4, $5)
           on conflict (space) do update set url = excluded.url, sealed_secret = excluded.sealed_secret`,
          [space, account, door, url, sealedSecret],
        );
        return;
      }
      const { rowCount } = await session.query('update facegate.callback set url = $2 where space = $1', [
        space,
        url,
      ]);
      if (rowCount === 0) throw errors.internal('a callback without a secret');
    },

    remove: async ({ account, door }) => {
      const { rows } = await session.query<Row>(
        'delete from facegate.callback where space = $1 returning account, door, url',
        [spaceOf(account, door)],
      );
      return rows.map(addressOf)[0];
    },

    find: async ({ account, door }) => {
      const { rows } = await session.query<StoredRow>(
        'select account, door, url, sealed_secret from facegate.callback where space = $1',
        [spaceOf(account, door)],
      );
      return rows.map((row) => ({ ...addressOf(row), sealedSecret: row.sealed_secret }))[0];
    },

    list: async () => {
      const { rows } = await session.query<Row>(
        'select account, door, url from facegate.callback order by account, door',
      );
      return rows.map(addressOf);
    },
  };
}
