import type { Logger } from 'pino';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
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
import { DEFAULT_NAME } from './domain/accounts/accounts.ts';
import { type AuditWatch, createAudit } from './domain/audit/create-audit.ts';
import { trimTrail } from './domain/audit/keep-trail.ts';
import { openTrail, type TrailParts } from './domain/audit/open-trail.ts';
import { createLogger } from './observability/logger.ts';
import type { AccountStore } from './ports/accounts.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { Keys } from './ports/keys.ts';

interface TrailStore {
  readonly auditLog: AuditLog;
  readonly keys: Keys;
  readonly accountStore: Pick<AccountStore, 'byName'>;
}

/** The trail that a server writes, and what keeps it from growing without end. */
export async function openAudit(
  { auditDays: days }: Config,
  { auditLog: log, keys, accountStore }: TrailStore,
  { logger, closers }: Pick<StoreOpening, 'logger' | 'closers'>,
) {
  const isOldStore = (await accountStore.byName(DEFAULT_NAME)) !== undefined;
  const chain = await openTrail({ log, keys, ids: randomIds }, () =>
    logger[isOldStore ? 'warn' : 'debug']('an audit trail was begun: expected once in the life of a store'),
  );
  const audit = createAudit({ log, chain, clock: systemClock, watch: watchIn(logger) });
  closers.add(() => audit.close());
  const onFailure = (error: unknown) => logger.error({ err: error }, 'the audit trail was not cut');
  const keeping = { log, chain, audit, days, onFailure };
  return { audit, trimTrail: (now: Date) => trimTrail(keeping, now) };
}

const watchIn = (logger: Logger): AuditWatch => ({
  onFailure: (error) => logger.error({ err: error }, 'the audit trail cannot be written'),
  onLost: (lines) => logger.error({ lines }, 'lines of the audit trail were lost'),
  onRolledBack: (seen, found) => logger.error({ seen, found }, 'the audit trail was set back'),
  onAnchor: ({ number, hash }) =>
    logger.info({ anchor: `${number}:${Buffer.from(hash).toString('hex')}` }, 'the audit trail ends here'),
});

/** A store without a server on it, opened to read its trail. */
export interface AuditComposition extends TrailParts {
  close(): Promise<void>;
}

/**
 * Opens what reading the trail needs, and no more: no models, no gallery.
 *
 * @throws when there is no master key yet, or when the database is not to be had.
 */
export async function composeAudit(config: Config, say: StoreOpening['say']): Promise<AuditComposition> {
  const closers = createClosers();
  const logger = createLogger({ level: config.logLevel });
  try {
    // Before anything is made in a folder that may be the wrong one.
    if (givenRing(config) === undefined) existingRing(keyFileOf(config));
    const keys = await openKeys(config, logger);
    const pool = await openDatabase(config, { logger, say, closers }, shareOwnDatabase);
    return { log: createAuditLog(pool), keys, close: closers.closeAll };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
