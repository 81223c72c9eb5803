import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { existingRing } from './adapters/system/master-keys.ts';
import { createClosers } from './closers.ts';
import {
  givenRing,
  keyFileOf,
  openDatabase,
  openKeys,
  type StoreOpening,
  shareOwnDatabase,
} from './compose-store.ts';
import type { Config } from './config/schema.ts';
import { createLogger } from './observability/logger.ts';
import type { Keys } from './ports/keys.ts';

/** A store that is there already, whether a server runs on it or not. */
export interface ExistingStore {
  readonly pool: Pool;
  readonly keys: Keys;
  readonly logger: Logger;
  readonly closers: ReturnType<typeof createClosers>;
}

/**
 * Opens such a store for one command, and what the command needs of it: no models, no gallery.
 *
 * @returns what `bind` made of it, to be closed; a database that a server runs is left running.
 * @throws when there is no master key yet, or when the database is not to be had.
 */
export async function openExisting<Parts extends object>(
  config: Config,
  say: StoreOpening['say'],
  bind: (store: ExistingStore) => Promise<Parts> | Parts,
): Promise<Parts & { close(): Promise<void> }> {
  const closers = createClosers();
  const logger = createLogger({ level: commandLevel(config.logLevel) });
  try {
    // Before anything is made in a folder that may be the wrong one.
    if (givenRing(config) === undefined) existingRing(keyFileOf(config));
    const keys = await openKeys(config, logger);
    const pool = await openDatabase(config, { logger, say, closers }, shareOwnDatabase);
    return { ...(await bind({ pool, keys, logger, closers })), close: closers.closeAll };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** What a server says in passing is not for somebody who awaits an answer at a terminal. */
export const commandLevel = (level: Config['logLevel']): Config['logLevel'] =>
  level === 'info' ? 'warn' : level;
