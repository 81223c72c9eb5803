import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ProcessorLoad } from '../ports/face-processor.ts';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STAGE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export interface Metrics {
  readonly registry: Registry;
  /** Counts and times every request from now on. */
  observeRequests(app: FastifyInstance): void;
  observeStages(stageMs: Readonly<Record<string, number>>): void;
  /** Reads the load whenever metrics are asked. */
  watchLoad(load: () => ProcessorLoad): void;
  /** The same of the number of references that searches look through. */
  watchGallery(references: () => number): void;
}

export interface MetricsOptions {
  /** Also the process's memory, processor time and event loop. */
  readonly process: boolean;
}

/** Prometheus metrics; request metrics carry the names that the vendor's published dashboards read. */
export function createMetrics({ process }: MetricsOptions): Metrics {
  const registry = new Registry();
  if (process) collectDefaultMetrics({ register: registry });
  const stageSeconds = new Histogram({
    name: 'facegate_stage_duration_seconds',
    help: 'Time of one stage of the analysis of one picture.',
    labelNames: ['stage'],
    buckets: STAGE_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    observeRequests: (app) => observeRequests(app, registry),
    observeStages: (stageMs) => {
      for (const [stage, ms] of Object.entries(stageMs)) stageSeconds.observe({ stage }, ms / 1000);
    },
    watchLoad: (load) => watchLoad(registry, load),
    watchGallery: (references) => {
      new Gauge({
        name: 'facegate_gallery_references',
        help: 'References that searches look through.',
        registers: [registry],
        collect() {
          this.set(references());
        },
      });
    },
  };
}

function observeRequests(app: FastifyInstance, registry: Registry): void {
  const total = new Counter({
    name: 'flask_http_request_total',
    help: 'Requests answered.',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'flask_http_request_duration_seconds',
    help: 'Time from the first byte of the request to the last of the answer.',
    labelNames: ['method', 'url_rule', 'status'],
    buckets: REQUEST_SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const status = String(reply.statusCode);
    // The route's pattern, never the address sent: labels must stay few and hold no caller's data.
    const url_rule = request.routeOptions.url ?? 'none';
    total.inc({ method: request.method, status });
    seconds.observe({ method: request.method, url_rule, status }, reply.elapsedTime / 1000);
  });
}

function watchLoad(registry: Registry, load: () => ProcessorLoad): void {
  const gauges = {
    workers: 'Threads that analyse pictures.',
    running: 'Pictures being analysed.',
    waiting: 'Pictures waiting for a free thread.',
  } as const satisfies Record<keyof ProcessorLoad, string>;
  for (const [key, help] of Object.entries(gauges)) {
    new Gauge({
      name: `facegate_engine_${key}`,
      help,
      registers: [registry],
      collect() {
        this.set(load()[key as keyof ProcessorLoad]);
      },
    });
  }
}
