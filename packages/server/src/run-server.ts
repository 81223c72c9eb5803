import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { banner } from './banner.ts';
import type { Composition } from './compose.ts';
import type { Config } from './config/schema.ts';
import { type ProcessWorld, runComposed } from './run-composed.ts';
import { within } from './within.ts';

/**
 * The life of the server: settings, composition, listening, and an end in which running requests are answered.
 *
 * @returns the exit status: 0 after an orderly end, 78 for wrong settings, 1 for all else.
 */
export const runServer = (world: ProcessWorld<Composition>): Promise<number> =>
  runComposed(world, (composition, config) => serve(composition, config, world));

async function serve(
  composition: Composition,
  config: Config,
  { say, stopAsked }: ProcessWorld<Composition>,
): Promise<number> {
  const app = buildApp(composition.service, composition.surroundings);
  const url = await app.listen({ host: config.host, port: config.port });
  // Not before it listens: credentials are told once, and a server that could not start would have told them in vain.
  const credentials = await composition.accounts.createDefault();
  say(banner({ config, url, pack: composition.service.pack, credentials }));
  const reason = await stopAsked;
  composition.logger.info({ reason }, 'closing');
  return (await closeInTime(app, config.http.closeTimeoutMs)) ? 0 : 1;
}

/** @returns false when requests were still running at the end of the time and their connections were cut. */
async function closeInTime(app: FastifyInstance, timeoutMs: number): Promise<boolean> {
  const inTime = await within(timeoutMs, app.close());
  if (!inTime) app.server.closeAllConnections();
  return inTime;
}
