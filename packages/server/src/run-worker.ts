import { resolve } from 'node:path';
import type { WorkerComposition } from './compose-worker.ts';
import type { Config } from './config/schema.ts';
import { type ProcessWorld, runComposed } from './run-composed.ts';
import { VERSION } from './version.ts';

/**
 * The life of a worker: settings, composition, cases, and an end in which they are finished or given back.
 *
 * @returns the exit status: 0 after an orderly end, 78 for wrong settings, 1 for all else.
 */
export const runWorker = (world: ProcessWorld<WorkerComposition>): Promise<number> =>
  runComposed(world, (composition, config) => work(composition, config, world));

async function work(
  { pack, logger }: WorkerComposition,
  config: Config,
  { say, stopAsked }: ProcessWorld<WorkerComposition>,
): Promise<number> {
  const { atOnce } = config.cases;
  say(banner(config, `${pack.packId} (${pack.title})`));
  logger.info({ atOnce }, 'ready');
  const reason = await stopAsked.finally(keepAlive());
  logger.info({ reason }, 'closing');
  return 0;
}

const banner = ({ data, cases }: Config, pack: string): string =>
  [
    `facegate ${VERSION} worker is ready`,
    '',
    `  model pack  ${pack}`,
    `  data        ${resolve(data)}`,
    `  cases       ${cases.atOnce} at once`,
    '',
    'Ctrl-C stops the worker.',
    '',
  ].join('\n');

const DAY_MS = 86_400_000;

/** While the database is away nothing else holds the process: it waits for signals alone. @returns ends it. */
function keepAlive(): () => void {
  const timer = setInterval(() => undefined, DAY_MS);
  return () => clearInterval(timer);
}
