import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { randomIds } from './adapters/system/ids.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import type { Door } from './domain/accounts/account.ts';
import type { IssuedCredential, IssuedCredentials } from './domain/accounts/accounts.ts';
import { createAccounts } from './domain/accounts/create-accounts.ts';
import { createAuthentication } from './domain/accounts/create-authentication.ts';
import type { Keys } from './ports/keys.ts';
import type { StoreUnderTest } from './store-under-test.contract.ts';

const ring = [newMasterKey()] as const;
const MINUTE_MS = 60_000;

/** Accounts and authentication of one node on a store, with a clock that a test sets. */
export async function openAccounts({ pool }: StoreUnderTest, keys: Keys = createKeys(() => ring)) {
  // What is in a database has no fractions below a millisecond; tokens have none below a second.
  const time = { now: new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS) };
  const parts = {
    store: createAccountStore(pool),
    serviceKeys: createServiceKeys(pool),
    keys,
    ids: randomIds,
    clock: { now: () => time.now },
  };
  return {
    parts,
    accounts: createAccounts(parts),
    authentication: await createAuthentication(parts),
    pass: (seconds: number) => {
      time.now = new Date(time.now.getTime() + seconds * 1000);
    },
  };
}

/** What was issued for a door. */
export function issuedFor({ credentials }: IssuedCredentials, door: Door): IssuedCredential {
  const issued = credentials.find((credential) => credential.door === door);
  if (issued === undefined) throw new Error(`nothing was issued for ${door}`);
  return issued;
}
