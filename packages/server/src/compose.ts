import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { type ChosenPack, choosePack } from './adapters/engine/open-engine.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import type { AppSurroundings } from './app.ts';
import { bothOrNeither } from './both-or-neither.ts';
import { createClosers } from './closers.ts';
import { openAudit } from './compose-audit.ts';
import { openWebhooks } from './compose-callbacks.ts';
import { openCases } from './compose-cases.ts';
import { openGallery } from './compose-gallery.ts';
import { openProcessor } from './compose-processor.ts';
import { openStore } from './compose-store.ts';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { Accounts } from './domain/accounts/accounts.ts';
import { createAccounts } from './domain/accounts/create-accounts.ts';
import { createAuthentication } from './domain/accounts/create-authentication.ts';
import type { Audit } from './domain/audit/audit.ts';
import { auditedAccounts } from './domain/audit/audited-accounts.ts';
import { auditedService } from './domain/audit/audited-service.ts';
import { createCallers } from './domain/audit/callers.ts';
import { createEnrolment } from './domain/enrolment/create-enrolment.ts';
import { keepHouse } from './domain/enrolment/housekeeping.ts';
import { createExaminations } from './domain/examination/create-examinations.ts';
import { createIdentification } from './domain/identification/identify.ts';
import { createLimits } from './domain/limits/create-limits.ts';
import { keepCountersSmall } from './domain/limits/forget-lapsed.ts';
import type { Limits } from './domain/limits/limits.ts';
import { createService, type Service } from './domain/service.ts';
import { createRemoteImages } from './http/remote-image.ts';
import { trustedProxies } from './http/trusted-proxies.ts';
import { limitUploads } from './http/uploads.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import { readScenarios } from './read-scenarios.ts';

/** A running product without a door to the network. */
export interface Composition {
  readonly service: Service;
  readonly surroundings: AppSurroundings;
  readonly accounts: Pick<Accounts, 'createDefault'>;
  readonly logger: Logger;
  /** Ends threads, connections and the database. Called once, after the last request. */
  close(): Promise<void>;
}

/** To the person who starts the server: one line for each step that takes time. */
export type Say = (line: string) => void;

/** Builds every adapter and binds them into the use cases. The only place that knows which is used. */
export async function compose(config: Config, say: Say): Promise<Composition> {
  const logger = createLogger({ level: config.logLevel });
  const metrics = createMetrics({ process: config.metrics });
  const closers = createClosers();
  try {
    const scenarios = readScenarios(config);
    const { fetchImage } = openRemoteImages(config);
    const webhooks = openWebhooks(config);
    refuseWrongProxies(config);
    const pack = await choosePack({ packsFolder: join(resolve(config.data), 'packs'), pack: config.pack });
    const opening = { logger, metrics, say, closers, pack };
    const [processor, store] = await bothOrNeither(
      openMeasuredProcessor(config, opening),
      openMeasuredGallery(config, opening),
    );
    const trail = await openAudit(config, store, opening);
    const limits = openLimits(config, store, opening);
    const people = openPeople({ ...store, ...trail, limits, processor }, opening);
    const callers = createCallers();
    const { accounts, authentication } = await openAccounts({ ...store, ...trail });
    const cases = await openCases(config, {
      ...store,
      ...opening,
      processor,
      webhooks,
      audit: trail.audit,
    });
    const service = createService({
      processor,
      cases,
      ...people,
      authentication,
      limits,
      audit: trail.audit,
    });
    const uploads = limitUploads(store.scratch, config.http.uploadsBytesMax);
    const system = { clock: systemClock, ids: randomIds };
    return {
      service: auditedService(service, callers),
      accounts,
      surroundings: { config, logger, metrics, ...system, fetchImage, uploads, scenarios, callers },
      logger,
      close: closers.closeAll,
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** Reads the list of hosts before anything is opened. @throws ConfigError */
function openRemoteImages({ remoteImages, images }: Config) {
  try {
    return createRemoteImages({ ...remoteImages, bytesMax: images.bytesMax });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError([`FACEGATE_REMOTE_IMAGE_HOSTS: ${error.message}`]);
  }
}

/** @throws ConfigError */
function refuseWrongProxies({ http }: Config): void {
  try {
    trustedProxies(http.trustedProxies);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError([`FACEGATE_TRUSTED_PROXIES: ${error.message}`]);
  }
}

type Closers = ReturnType<typeof createClosers>;

/** What everything that is opened here leans on. */
interface Opening {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly say: Say;
  readonly closers: Closers;
  readonly pack: ChosenPack;
}

async function openMeasuredProcessor(
  config: Config,
  { metrics, closers, pack }: Opening,
): Promise<FaceProcessor> {
  const processor = await openProcessor(config, { pack, closers, onStages: metrics.observeStages });
  metrics.watchLoad(() => processor.load());
  return processor;
}

/** The store, with its gallery. */
async function openMeasuredGallery(config: Config, opening: Opening) {
  const store = await openStore(config, opening);
  const people = await openGallery(config, store, opening);
  opening.metrics.watchGallery(() => people.gallery.size);
  return { ...store, ...people };
}

type Store = Awaited<ReturnType<typeof openStore>>;

interface PeopleParts extends Store, Awaited<ReturnType<typeof openGallery>> {
  readonly processor: FaceProcessor;
  readonly audit: Audit;
  readonly trimTrail: (now: Date) => Promise<void>;
  readonly limits: Limits;
}

/** Enrolment, identification and examination, with somebody who tidies up behind them. */
function openPeople(people: PeopleParts, { logger, closers }: Opening) {
  const { catchUp } = people.follower;
  const parts = { ...people, ids: randomIds, clock: systemClock, catchUp };
  const onFailure = (error: unknown) => logger.warn({ err: error }, 'housekeeping failed');
  closers.add(keepHouse({ ...parts, onFailure }));
  return {
    enrolment: createEnrolment(parts),
    identification: createIdentification(parts),
    examinations: createExaminations(parts),
  };
}

async function openAccounts({ accountStore, serviceKeys, keys, audit }: Store & { readonly audit: Audit }) {
  const parts = { store: accountStore, serviceKeys, keys, ids: randomIds, clock: systemClock };
  const accounts = auditedAccounts(createAccounts(parts), audit, 'server');
  return { accounts, authentication: await createAuthentication(parts) };
}

/** What callers may ask, with somebody who forgets what they asked long ago. */
function openLimits(
  config: Config,
  { counters }: Pick<Store, 'counters'>,
  { logger, closers }: Opening,
): Limits {
  const onFailure = (error: unknown) => logger.warn({ err: error }, 'counts could not be forgotten');
  closers.add(keepCountersSmall({ ...counters, onFailure }));
  return createLimits(counters, config.limits);
}
