import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { within } from './within.ts';

/** All that a process that runs until it is stopped has to do with the world. */
export interface ProcessWorld<Composition> {
  readonly env: Environment;
  /** To the person who started it. */
  say(text: string): void;
  complain(text: string): void;
  compose(config: Config, say: (line: string) => void): Promise<Composition>;
  /** Settles when the process is asked to stop; the value says by what. */
  readonly stopAsked: Promise<string>;
}

interface Closing {
  close(): Promise<void>;
}

/**
 * The life of a process: settings, composition, work, and an orderly end.
 *
 * @param work  until the process is asked to stop. @returns its exit status.
 * @returns the exit status: what `work` says, 78 for wrong settings, 1 for all else.
 */
export async function runComposed<Composition extends Closing>(
  world: ProcessWorld<Composition>,
  work: (composition: Composition, config: Config) => Promise<number>,
): Promise<number> {
  try {
    const config = loadConfig(world.env);
    const composing = world.compose(config, (line) => world.say(`facegate: ${line}\n`));
    // Models take seconds to load; who stops the process meanwhile need not wait for them.
    const composition = await Promise.race([composing, world.stopAsked.then(() => undefined)]);
    if (composition === undefined) return await abandon(composing);
    return await work(composition, config).finally(() => within(CLOSE_MS_MAX, composition.close()));
  } catch (error) {
    world.complain(`${explain(error)}\n`);
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

/** Asked to stop while still starting: what comes up meanwhile, a database above all, is ended in order. */
async function abandon(composing: Promise<Closing>): Promise<number> {
  await within(
    COMPOSE_MS_MAX,
    composing.then((composition) => composition.close()),
  );
  return 0;
}

/** A thread that hangs must not keep the process; it dies with it. A database needs time to bring all to disk. */
const CLOSE_MS_MAX = 11_000;
const COMPOSE_MS_MAX = 3000;

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
