import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { openEngine } from './adapters/engine/open-engine.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import type { AppSurroundings } from './app.ts';
import type { Config } from './config/schema.ts';
import { createService, type Service } from './domain/service.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';

/** A running product without a door to the network. */
export interface Composition {
  readonly service: Service;
  readonly surroundings: AppSurroundings;
  readonly logger: Logger;
  /** Ends threads and connections. Called once, after the last request. */
  close(): Promise<void>;
}

/** Builds every adapter and binds them into the use cases. The only place that knows which is used. */
export async function compose(config: Config): Promise<Composition> {
  const logger = createLogger({ level: config.logLevel });
  const metrics = createMetrics({ process: config.metrics });
  const engine = await openEngine({
    packsFolder: join(resolve(config.data), 'packs'),
    pack: config.pack,
    workers: config.workers,
    queueMax: config.queueMax,
    limits: config.images,
  });
  const processor = createFaceProcessor(engine, { onStages: metrics.observeStages });
  metrics.watchLoad(() => processor.load());
  return {
    service: createService({ processor }),
    surroundings: { config, logger, metrics, clock: systemClock, ids: randomIds },
    logger,
    close: () => engine.close(),
  };
}
