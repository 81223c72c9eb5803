import type { Logger } from 'pino';
import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createErasedCases } from './adapters/postgres/erased-cases.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { openExisting } from './compose-existing.ts';
import type { StoreOpening } from './compose-store.ts';
import type { Config } from './config/schema.ts';
import { DEFAULT_NAME } from './domain/accounts/accounts.ts';
import { type AuditWatch, createAudit } from './domain/audit/create-audit.ts';
import { trimTrail } from './domain/audit/keep-trail.ts';
import { openTrail } from './domain/audit/open-trail.ts';
import type { ReceiptParts } from './domain/erasure/issue-receipt.ts';
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

/** A store, opened to read its trail and to attest what was erased. */
export interface AuditComposition extends ReceiptParts {
  readonly accountStore: Pick<AccountStore, 'byName'>;
  close(): Promise<void>;
}

/** Opens what reading the trail needs, and no more. @throws as `openExisting` */
export const composeAudit = (config: Config, say: StoreOpening['say']): Promise<AuditComposition> =>
  openExisting(config, say, ({ pool, keys }) => ({
    log: createAuditLog(pool),
    erasedCases: createErasedCases(pool),
    serviceKeys: createServiceKeys(pool),
    accountStore: createAccountStore(pool),
    keys,
    clock: systemClock,
  }));
