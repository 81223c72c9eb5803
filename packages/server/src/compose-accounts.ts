import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createCallbackStore } from './adapters/postgres/callbacks.ts';
import { createNoticeQueue } from './adapters/postgres/notices.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { existingRing } from './adapters/system/master-keys.ts';
import { createClosers } from './closers.ts';
import { openAudit } from './compose-audit.ts';
import { openWebhooks } from './compose-callbacks.ts';
import {
  givenRing,
  keyFileOf,
  openDatabase,
  openKeys,
  type StoreOpening,
  shareOwnDatabase,
} from './compose-store.ts';
import type { Config } from './config/schema.ts';
import type { Accounts } from './domain/accounts/accounts.ts';
import { createAccounts } from './domain/accounts/create-accounts.ts';
import { auditedAccounts } from './domain/audit/audited-accounts.ts';
import { auditedCallbacks } from './domain/audit/audited-callbacks.ts';
import type { Callbacks } from './domain/callbacks/callbacks.ts';
import { createCallbacks } from './domain/callbacks/create-callbacks.ts';
import { createLogger } from './observability/logger.ts';

/** The accounts of a store, whether a server runs on it or not. */
export interface AccountsComposition {
  readonly accounts: Accounts;
  readonly callbacks: Callbacks;
  /** A database that a server runs is left running. */
  close(): Promise<void>;
}

/**
 * Opens what it takes to manage accounts, and no more: no models, no gallery.
 *
 * @throws when there is no master key yet, or when the database is not to be had.
 */
export async function composeAccounts(
  config: Config,
  say: StoreOpening['say'],
): Promise<AccountsComposition> {
  const closers = createClosers();
  const logger = createLogger({ level: config.logLevel });
  try {
    const webhooks = openWebhooks(config);
    // Before anything is made in a folder that may be the wrong one.
    if (givenRing(config) === undefined) existingRing(keyFileOf(config));
    const keys = await openKeys(config, logger);
    const pool = await openDatabase(config, { logger, say, closers }, shareOwnDatabase);
    const [store, serviceKeys] = [createAccountStore(pool), createServiceKeys(pool)];
    const parts = { store, serviceKeys, keys, ids: randomIds, clock: systemClock };
    const { audit } = await openAudit(
      config,
      { auditLog: createAuditLog(pool), keys, accountStore: store },
      { logger, closers },
    );
    const callbacks = createCallbacks({
      ...parts,
      accountStore: store,
      callbackStore: createCallbackStore(pool),
      notices: createNoticeQueue(pool),
      webhooks,
    });
    return {
      accounts: auditedAccounts(createAccounts(parts), audit, 'operator'),
      callbacks: auditedCallbacks(callbacks, audit, 'operator'),
      close: closers.closeAll,
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
