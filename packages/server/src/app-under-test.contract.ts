import { createFakeEngine, type FakeEngineOptions } from '@facegate/testkit';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { type AnalysingEngine, createFaceProcessor } from './adapters/engine/face-processor.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { buildApp } from './app.ts';
import { type Environment, loadConfig } from './config/load.ts';
import { createService, type ServiceParts } from './domain/service.ts';
import type { SurfaceTools } from './http/surface.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import { readScenarios } from './read-scenarios.ts';
import { WITHOUT_STORE } from './without-store.contract.ts';

export interface AppUnderTestOptions {
  /** Settings that differ from the defaults. */
  readonly env?: Environment;
  readonly engine?: FakeEngineOptions;
  /** In place of the fake engine. */
  readonly models?: AnalysingEngine;
  /** @default nobody can be enrolled */
  readonly people?: (processor: FaceProcessor) => Partial<ServiceParts>;
  readonly fetchImage?: NonNullable<SurfaceTools['fetchImage']>;
}

export interface AppUnderTest {
  readonly app: FastifyInstance;
  /** Everything logged so far. */
  readonly log: () => string;
}

/** The whole server on the fake engine, without a socket. Closed when the test ends. */
export function openApp({
  env = {},
  engine = {},
  models = createFakeEngine(engine),
  people,
  fetchImage,
}: AppUnderTestOptions = {}): AppUnderTest {
  const lines: string[] = [];
  const metrics = createMetrics({ process: false });
  const processor = createFaceProcessor(models, { onStages: metrics.observeStages });
  metrics.watchLoad(() => processor.load());
  const config = loadConfig(env);
  const app = buildApp(createService({ processor, ...WITHOUT_STORE, ...people?.(processor) }), {
    config,
    scenarios: readScenarios(config),
    logger: createLogger({ level: 'trace', sink: { write: (line) => void lines.push(line) } }),
    metrics,
    clock: systemClock,
    ids: randomIds,
    ...(fetchImage && { fetchImage }),
  });
  onTestFinished(() => app.close());
  return { app, log: () => lines.join('') };
}
