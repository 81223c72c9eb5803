import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createCallbackStore } from './adapters/postgres/callbacks.ts';
import { createNoticeQueue } from './adapters/postgres/notices.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { openAudit } from './compose-audit.ts';
import { openWebhooks } from './compose-callbacks.ts';
import { openExisting } from './compose-existing.ts';
import type { StoreOpening } from './compose-store.ts';
import type { Config } from './config/schema.ts';
import type { Accounts } from './domain/accounts/accounts.ts';
import { createAccounts } from './domain/accounts/create-accounts.ts';
import { auditedAccounts } from './domain/audit/audited-accounts.ts';
import { auditedCallbacks } from './domain/audit/audited-callbacks.ts';
import type { Callbacks } from './domain/callbacks/callbacks.ts';
import { createCallbacks } from './domain/callbacks/create-callbacks.ts';

/** The accounts of a store, whether a server runs on it or not. */
export interface AccountsComposition {
  readonly accounts: Accounts;
  readonly callbacks: Callbacks;
  /** A database that a server runs is left running. */
  close(): Promise<void>;
}

/** Opens what it takes to manage accounts, and no more. @throws as `openExisting`, ConfigError */
export const composeAccounts = (config: Config, say: StoreOpening['say']): Promise<AccountsComposition> =>
  openExisting(config, say, async ({ pool, keys, ...opening }) => {
    const [store, serviceKeys] = [createAccountStore(pool), createServiceKeys(pool)];
    const parts = { store, serviceKeys, keys, ids: randomIds, clock: systemClock };
    const trail = { auditLog: createAuditLog(pool), keys, accountStore: store };
    const { audit } = await openAudit(config, trail, opening);
    const callbacks = createCallbacks({
      ...parts,
      accountStore: store,
      callbackStore: createCallbackStore(pool),
      notices: createNoticeQueue(pool),
      webhooks: openWebhooks(config),
    });
    return {
      accounts: auditedAccounts(createAccounts(parts), audit, 'operator'),
      callbacks: auditedCallbacks(callbacks, audit, 'operator'),
    };
  });
