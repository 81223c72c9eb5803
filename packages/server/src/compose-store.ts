import { join, resolve } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { findEmbeddedPostgres } from './adapters/embedded-postgres/find-embedded-postgres.ts';
import { openEmbeddedPostgres } from './adapters/embedded-postgres/open-embedded-postgres.ts';
import { createFileBlobs } from './adapters/filesystem/blobs.ts';
import { createFileScratch } from './adapters/filesystem/scratch.ts';
import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createAttemptCounters } from './adapters/postgres/attempt-counters.ts';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createCaseRecords } from './adapters/postgres/case-records.ts';
import { createChangeLog } from './adapters/postgres/change-log.ts';
import { DatabaseSetupError } from './adapters/postgres/database-setup-error.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { MIGRATIONS } from './adapters/postgres/migrations/index.ts';
import { createNoticeQueue } from './adapters/postgres/notices.ts';
import { type DatabaseAddress, openPool } from './adapters/postgres/pool.ts';
import { createQuotaCounters } from './adapters/postgres/quota-counters.ts';
import { createRateCounters } from './adapters/postgres/rate-counters.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { createWriteSignal } from './adapters/postgres/write-signal.ts';
import { givenKeyRing, type KeyRing, KeyRingError, openKeyRing } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { followKeyRing, type LiveKeyRing } from './adapters/system/live-key-ring.ts';
import { startOpeningThread } from './adapters/system/opening-thread.ts';
import type { createClosers } from './closers.ts';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { Keys } from './ports/keys.ts';

export interface StoreOpening {
  readonly logger: Logger;
  readonly say: (line: string) => void;
  readonly closers: ReturnType<typeof createClosers>;
}

/** Records, pictures and accounts, and the keys to them. @param openOwn  as `openDatabase`. */
export async function openStore(config: Config, opening: StoreOpening, openOwn = openOwnDatabase) {
  const ring = await openRing(config, opening.logger);
  const pool = await openDatabase(config, opening, openOwn);
  const signal = createWriteSignal(pool);
  return {
    keys: createKeys(ring.known, ring.latest),
    startOpener: () => startOpeningThread(ring.latest()),
    blobs: createFileBlobs(join(resolve(config.data), 'blobs')),
    scratch: createFileScratch(join(resolve(config.data), 'scratch')),
    records: createRecords(pool, { onCommit: signal.send }),
    changeLog: createChangeLog(pool, signal),
    accountStore: createAccountStore(pool),
    serviceKeys: createServiceKeys(pool),
    counters: openCounters(pool),
    auditLog: createAuditLog(pool),
    cases: createCaseRecords(pool),
    notices: createNoticeQueue(pool),
  };
}

/** What limits are counted with. */
const openCounters = (pool: Pool) => ({
  rates: createRateCounters(pool),
  quotas: createQuotaCounters(pool),
  attempts: createAttemptCounters(pool),
});

export const keyFileOf = ({ data }: Config): string => join(resolve(data), 'keys', 'master.key');

export async function openKeys(config: Config, logger: Logger): Promise<Keys> {
  const ring = await openRing(config, logger);
  return createKeys(ring.known, ring.latest);
}

/** Master keys of the settings, or else of the file, which is followed. @throws KeyRingError */
async function openRing(config: Config, logger: Logger): Promise<LiveKeyRing> {
  const given = givenRing(config);
  if (given !== undefined) return { known: () => given, latest: () => given };
  const file = keyFileOf(config);
  return followKeyRing(file, await openKeyRing(file), (error) =>
    logger.warn({ err: error }, 'the file of the master key was changed and cannot be read'),
  );
}

/** @returns undefined when the settings name no master key. @throws ConfigError */
export function givenRing({ masterKey: current, masterKeyNew: next }: Config): KeyRing | undefined {
  if (current === undefined && next === undefined) return undefined;
  if (current === undefined) {
    throw new ConfigError([
      'FACEGATE_MASTER_KEY_NEW replaces the key in FACEGATE_MASTER_KEY, which is not set.',
    ]);
  }
  try {
    return givenKeyRing({ current, next });
  } catch (error) {
    throw error instanceof KeyRingError ? new ConfigError([error.message]) : error;
  }
}

/**
 * A pool on the operator's database or our own, with its tables up to date.
 *
 * @param openOwn  in the data folder.
 */
export async function openDatabase(config: Config, opening: StoreOpening, openOwn = openOwnDatabase) {
  const { logger, closers } = opening;
  const address = config.database.url ?? (await openOwn(resolve(config.data), opening));
  const pool = await openPool(address, {
    connectionsMax: config.database.connectionsMax,
    onIdleError: (error) => logger.warn({ err: error }, 'a connection to the database broke'),
  });
  closers.add(() => pool.end());
  await migrate(pool, MIGRATIONS);
  return pool;
}

async function openOwnDatabase(
  data: string,
  { logger, say, closers }: StoreOpening,
): Promise<DatabaseAddress> {
  const postgres = await openEmbeddedPostgres({
    folder: postgresFolder(data),
    say,
    onDown: () => logger.error('the database ended and is being started again'),
    onUp: () => logger.info('the database is back'),
    onRestartFailed: (error) => logger.error({ err: error }, 'the database could not be started again'),
  });
  closers.add(() => postgres.close());
  return postgres.connection;
}

/** The one that a running server holds, as another client of it; else our own for the time being. */
export const shareOwnDatabase = async (data: string, opening: StoreOpening): Promise<DatabaseAddress> =>
  (await findEmbeddedPostgres(postgresFolder(data))) ?? openOwnDatabase(data, opening);

/** The one that a running server holds, as another client of it. @throws DatabaseSetupError when none runs. */
export async function joinOwnDatabase(data: string): Promise<DatabaseAddress> {
  const found = await findEmbeddedPostgres(postgresFolder(data));
  if (found !== undefined) return found;
  throw new DatabaseSetupError(
    `No server runs on the data folder ${data}, whose database this would share. Start it first, or set DATABASE_URL.`,
  );
}

const postgresFolder = (data: string): string => join(data, 'postgres');
