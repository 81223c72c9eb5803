import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { banner } from './banner.ts';
import type { Composition } from './compose.ts';
import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';

/** All that the process has to do with the world. */
export interface ProcessWorld {
  readonly env: Environment;
  /** To the person who started the server. */
  say(text: string): void;
  complain(text: string): void;
  compose(config: Config, say: (line: string) => void): Promise<Composition>;
  /** Settles when the process is asked to stop; the value says by what. */
  readonly stopAsked: Promise<string>;
}

/**
 * The life of the server: settings, composition, listening, and an end in which running requests are answered.
 *
 * @returns the exit status: 0 after an orderly end, 78 for wrong settings, 1 for all else.
 */
export async function runServer(world: ProcessWorld): Promise<number> {
  try {
    const config = loadConfig(world.env);
    const composing = world.compose(config, (line) => world.say(`facegate: ${line}\n`));
    // Models take seconds to load; who stops the server meanwhile need not wait for them.
    const composition = await Promise.race([composing, world.stopAsked.then(() => undefined)]);
    if (composition === undefined) return await abandon(composing);
    return await serve(composition, config, world);
  } catch (error) {
    world.complain(`${explain(error)}\n`);
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

async function serve(composition: Composition, config: Config, world: ProcessWorld): Promise<number> {
  const app = buildApp(composition.service, composition.surroundings);
  try {
    const url = await app.listen({ host: config.host, port: config.port });
    // Not before it listens: credentials are told once, and a server that could not start would have told them in vain.
    const credentials = await composition.accounts.createDefault();
    world.say(banner({ config, url, pack: composition.service.pack, credentials }));
    const reason = await world.stopAsked;
    composition.logger.info({ reason }, 'closing');
    return (await closeInTime(app, config.http.closeTimeoutMs)) ? 0 : 1;
  } finally {
    await within(CLOSE_MS_MAX, composition.close());
  }
}

/** Asked to stop while still starting: what comes up meanwhile, a database above all, is ended in order. */
async function abandon(composing: Promise<Composition>): Promise<number> {
  await within(
    COMPOSE_MS_MAX,
    composing.then((composition) => composition.close()),
  );
  return 0;
}

/** A thread that hangs must not keep the process; it dies with it. A database needs time to bring all to disk. */
const CLOSE_MS_MAX = 11_000;
const COMPOSE_MS_MAX = 3000;

/** @returns false when requests were still running at the end of the time and their connections were cut. */
async function closeInTime(app: FastifyInstance, timeoutMs: number): Promise<boolean> {
  const inTime = await within(timeoutMs, app.close());
  if (!inTime) app.server.closeAllConnections();
  return inTime;
}

/** @returns whether `work` was done within the time. It is not called off. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    return `facegate cannot start with these settings:\n${error.problems.map((line) => `  ${line}`).join('\n')}`;
  }
  const { code, port, address } = (error ?? {}) as Partial<Record<'code' | 'port' | 'address', unknown>>;
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is taken. Stop what listens there, or choose another with FACEGATE_PORT.`;
  }
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Choose one above 1023 with FACEGATE_PORT.`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
    return `This machine cannot listen on that address (${reasonOf(error as Error)}). Correct FACEGATE_HOST; 0.0.0.0 means every address.`;
  }
  return `facegate could not start: ${error instanceof Error ? reasonOf(error) : String(error)}`;
}

/** Our own errors carry the reason as their cause. */
const reasonOf = (error: Error): string =>
  error.cause instanceof Error && error.name !== 'EngineStartError' && error.cause.message !== error.message
    ? `${error.message}: ${error.cause.message}`
    : error.message;
