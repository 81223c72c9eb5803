import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import type { Logger } from 'pino';
import { accessOf } from './config/regula-access.ts';
import type { Config } from './config/schema.ts';
import { type Callers, createCallers } from './domain/audit/callers.ts';
import type { Service } from './domain/service.ts';
import { limitBodies } from './http/body-budget.ts';
import { followCallers } from './http/callers.ts';
import { signalFor } from './http/cancellation.ts';
import { allowOrigins } from './http/cross-origin.ts';
import { ENCODED_TEXT_KEYWORD } from './http/encoded-text.ts';
import { httpErrorOf } from './http/http-error.ts';
import { createNotFoundHandler } from './http/not-found.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './http/request-id.ts';
import type { Surface, SurfaceTools } from './http/surface.ts';
import { trustedProxies } from './http/trusted-proxies.ts';
import { discardBodies } from './http/unread-body.ts';
import type { Uploads } from './http/uploads.ts';
import type { Metrics } from './observability/metrics.ts';
import { logRequests } from './observability/request-log.ts';
import { createRequestNotebook } from './observability/request-notes.ts';
import type { Clock } from './ports/clock.ts';
import type { Ids } from './ports/ids.ts';
import type { FaciaOptions } from './surfaces/facia/context.ts';
import { createFaciaSurface } from './surfaces/facia/index.ts';
import { createOpsSurface } from './surfaces/ops/index.ts';
import { createRegulaSurface } from './surfaces/regula/index.ts';
import type { Scenarios } from './surfaces/regula/translate/scenarios.ts';
import { createVerihubsSurface } from './surfaces/verihubs/index.ts';
import { VERSION } from './version.ts';

/** Everything an app leans on beside its service. */
export interface AppSurroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: Ids;
  /** @default pictures are not fetched by their address */
  readonly fetchImage?: NonNullable<SurfaceTools['fetchImage']>;
  /** @default large files of forms stay in memory */
  readonly uploads?: Uploads;
  /** Of detect, beside the vendor's. @default none */
  readonly scenarios?: Scenarios;
  /** Told who calls; what is written down of the service's use asks them. @default nobody asks */
  readonly callers?: Callers;
}

/** The HTTP side of the server, with the enabled surfaces. Never listens. */
export function buildApp(service: Service, surroundings: AppSurroundings): FastifyInstance {
  const { config, metrics, clock, fetchImage, uploads, scenarios = {} } = surroundings;
  const { callers = createCallers() } = surroundings;
  const app = createFastify(surroundings);
  const notebook = createRequestNotebook();
  const life = { closing: false };
  const tools: SurfaceTools = {
    now: () => clock.now(),
    note: notebook.note,
    actAs: callers.actAs,
    signalFor: (reply) => signalFor(reply, config.http.answerTimeoutMs),
    isReady: () => !life.closing,
    ...(fetchImage && { fetchImage }),
    ...(uploads && { uploads }),
  };
  const surfaces = enabledSurfaces({ service, tools, config, metrics, scenarios });

  followCallers(app, callers);
  app.addHook('preClose', async () => {
    life.closing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    reply
      .header(REQUEST_ID_HEADER, request.id)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store');
  });
  app.addHook('onSend', async (_request, reply) => {
    // A connection kept alive after its last answer would hold up the end of the process.
    if (life.closing) reply.header('connection', 'close');
  });
  allowOrigins(app, config.http.corsOrigins);
  discardBodies(app);
  limitBodies(app, config.http.bodiesBytesMax);
  logRequests(app, { surfaces, notebook });
  if (config.metrics) metrics.observeRequests(app);
  app.setErrorHandler((error, _request, reply) => answerPlainly(error, reply));
  app.setNotFoundHandler(createNotFoundHandler(surfaces));
  for (const surface of surfaces) {
    app.register(async (scope) => surface.register(scope), { prefix: surface.prefix });
  }
  return app;
}

/** How often Node looks for requests that are late; its own half minute would make shorter limits meaningless. */
const LATENESS_CHECK_MS = 1000;

function createFastify({ config: { http }, logger, ids }: AppSurroundings): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedProxies(http.trustedProxies),
    bodyLimit: http.bodyBytesMax,
    requestTimeout: http.requestTimeoutMs,
    // Of a socket on which nothing moves: a client that does not read its answer.
    connectionTimeout: http.requestTimeoutMs + http.answerTimeoutMs,
    http: { headersTimeout: http.headersTimeoutMs, connectionsCheckingInterval: LATENESS_CHECK_MS },
    // On connections that are still open while the process closes, requests are answered as ever, in the vendor's words.
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestIdFrom(ids),
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => {
      reply.header(REQUEST_ID_HEADER, request.id);
      return answerPlainly(error, reply);
    },
    ajv: {
      customOptions: {
        // A client's data is taken as it is or refused, never bent into shape.
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allowUnionTypes: true,
        keywords: [ENCODED_TEXT_KEYWORD],
      },
    },
  });
  app.server.maxConnections = http.connectionsMax;
  // Fastify's types narrow the instance to the logger's; nobody here needs more than the base.
  return app as unknown as FastifyInstance;
}

interface SurfaceParts {
  readonly service: Service;
  readonly tools: SurfaceTools;
  readonly config: Config;
  readonly metrics: Metrics;
  readonly scenarios: Scenarios;
}

function enabledSurfaces({ service, tools, config, metrics, scenarios }: SurfaceParts): Surface[] {
  const { regula, verihubs, facia } = config.surfaces;
  const surfaces: Surface[] = [];
  if (regula.enabled) {
    const access = accessOf(config);
    const options = { ...regula, access, scenarios, imageBytesMax: config.images.bytesMax, version: VERSION };
    surfaces.push(createRegulaSurface({ service, tools, options }));
  }
  if (verihubs.enabled) {
    const options = { ...verihubs, imageBytesMax: config.images.bytesMax };
    surfaces.push(createVerihubsSurface({ service, tools, options }));
  }
  if (facia.enabled) surfaces.push(createFaciaSurface({ service, tools, options: faciaOptions(config) }));
  if (config.metrics) surfaces.push(createOpsSurface(metrics.registry));
  return surfaces;
}

const faciaOptions = ({ surfaces: { facia }, images, http }: Config): FaciaOptions => ({
  ...facia,
  imageBytesMax: images.bytesMax,
  bodyBytesMax: http.bodyBytesMax,
  ...(http.publicUrl !== undefined && { publicUrl: http.publicUrl }),
});

/** For what happens outside every surface. */
function answerPlainly(error: unknown, reply: FastifyReply): FastifyReply {
  const http = httpErrorOf(error);
  return reply.code(http?.statusCode ?? 500).send({ error: http?.message ?? 'The server failed.' });
}
