import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createCaseRecords } from './adapters/postgres/case-records.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { createFileMasterKeys, createGivenMasterKeys, existingRing } from './adapters/system/master-keys.ts';
import { createClosers } from './closers.ts';
import { givenRing, keyFileOf, openDatabase, openKeys, type StoreOpening } from './compose-store.ts';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { RecordingParts } from './domain/rotation/record-rotation.ts';
import type { RotationParts } from './domain/rotation/rotate-master-key.ts';
import { createLogger } from './observability/logger.ts';

/** A store without a server on it, opened to replace its master key. */
export interface RotationComposition extends RotationParts, RecordingParts {
  /** Of the master keys; undefined when the settings give them. */
  readonly keyFile: string | undefined;
  close(): Promise<void>;
}

/**
 * Opens what a rotation needs, and no more: no models, no gallery.
 *
 * @throws when the settings give a master key and no new one, when there is no master key yet, or when the database is
 *         not to be had; one of our own is not while a server runs on it.
 */
export async function composeRotation(
  config: Config,
  say: StoreOpening['say'],
): Promise<RotationComposition> {
  const closers = createClosers();
  const logger = createLogger({ level: config.logLevel });
  try {
    const { masterKeys, keyFile } = openMasterKeys(config);
    const keys = await openKeys(config, logger);
    const pool = await openDatabase(config, { logger, say, closers });
    const store = {
      records: createRecords(pool),
      serviceKeys: createServiceKeys(pool),
      auditLog: createAuditLog(pool),
      cases: createCaseRecords(pool),
    };
    const parts = { ...store, keys, masterKeys, keyFile, clock: systemClock, ids: randomIds };
    return { ...parts, close: closers.closeAll };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** Looks for the keys before anything is made in a folder that may be the wrong one. */
function openMasterKeys(config: Config) {
  const ring = givenRing(config);
  const keyFile = keyFileOf(config);
  if (ring === undefined) {
    existingRing(keyFile);
    return { masterKeys: createFileMasterKeys(keyFile), keyFile };
  }
  if (ring.length > 1) return { masterKeys: createGivenMasterKeys(ring), keyFile: undefined };
  throw new ConfigError([
    'FACEGATE_MASTER_KEY gives the master key: put the new one, base64 of 32 random bytes, into FACEGATE_MASTER_KEY_NEW',
  ]);
}
