import { join, resolve } from 'node:path';
import type { PackSummary } from '@facegate/engine/vocabulary';
import type { Logger } from 'pino';
import { choosePack } from './adapters/engine/open-engine.ts';
import { existingRing } from './adapters/system/master-keys.ts';
import { bothOrNeither } from './both-or-neither.ts';
import { createClosers } from './closers.ts';
import { openAudit } from './compose-audit.ts';
import { openWebhooks } from './compose-callbacks.ts';
import { openCases } from './compose-cases.ts';
import { openGallery } from './compose-gallery.ts';
import { openProcessor } from './compose-processor.ts';
import { givenRing, joinOwnDatabase, keyFileOf, openStore, type StoreOpening } from './compose-store.ts';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { createLogger } from './observability/logger.ts';

/** What a product does that nobody waits for at a door, running. */
export interface WorkerComposition {
  readonly pack: PackSummary;
  readonly logger: Logger;
  /** What runs is finished, or given back. Called once. */
  close(): Promise<void>;
}

/**
 * Opens a server's store beside it and examines its cases, and no more: no surfaces. The gallery is for those that are
 * searched for.
 *
 * @throws when there is no master key yet, when the database is not to be had, and when it was to examine nothing; one
 *         of our own is to be had while a server runs on it.
 */
export async function composeWorker(config: Config, say: StoreOpening['say']): Promise<WorkerComposition> {
  refuseIdleness(config);
  const webhooks = openWebhooks(config);
  // Before anything is made in a folder that may be the wrong one.
  if (givenRing(config) === undefined) existingRing(keyFileOf(config));
  const logger = createLogger({ level: config.logLevel });
  const closers = createClosers();
  try {
    const pack = await choosePack({ packsFolder: join(resolve(config.data), 'packs'), pack: config.pack });
    const opening = { logger, say, closers, pack };
    const [processor, store] = await bothOrNeither(
      openProcessor(config, { pack, closers }),
      openStore(config, opening, joinOwnDatabase),
    );
    const people = await openGallery(config, store, opening);
    const { audit } = await openAudit(config, store, opening);
    await openCases(config, { ...store, ...people, ...opening, webhooks, processor, audit });
    return { pack: pack.summary, logger, close: closers.closeAll };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** @throws ConfigError */
function refuseIdleness({ cases }: Config): void {
  if (cases.atOnce > 0) return;
  throw new ConfigError([
    'FACEGATE_CASES_AT_ONCE (cases.atOnce): 0 leaves cases to workers, and this is one; --at-once gives a number for it',
  ]);
}
