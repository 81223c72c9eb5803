import type { AccountStore } from '../../ports/accounts.ts';
import { CREDENTIAL_COLUMNS, type StoredCredentialRow, storedCredentialOf } from './account-rows.ts';
import type { Session } from './session.ts';

/** Whether a credential `c` holds at $1, as far as it is up to itself. */
export const HOLDS = 'c.revoked_at is null and (c.expires_at is null or c.expires_at > $1)';

export async function heldCredentials(
  session: Session,
  ...[{ account, door }, now]: Parameters<AccountStore['holding']>
): ReturnType<AccountStore['holding']> {
  const { rows } = await session.query<StoredCredentialRow>(
    `select ${CREDENTIAL_COLUMNS}, c.secret_hash, c.sealed_secret
     from facegate.credential c join facegate.account a on a.id = c.account
     where ${HOLDS} and c.account = $2 and c.door = $3 and a.state = 'active'
     -- Of two that were made in one millisecond the replaced one has an end.
     order by c.created_at desc, c.expires_at desc nulls first`,
    [now, account, door],
  );
  return rows.map(storedCredentialOf);
}
