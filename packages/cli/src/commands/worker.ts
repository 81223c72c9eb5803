import type { Outside } from '../outside.ts';
import { findWorkplace } from '../workplace.ts';

export interface WorkerOptions {
  readonly atOnce?: string;
  readonly pack?: string;
}

/**
 * `facegate worker`: the server's program that examines cases, as a child process on the data folder of `serve`.
 *
 * @returns its own exit code.
 */
export async function workerCommand(outside: Outside, options: WorkerOptions): Promise<number> {
  const { dataFolder } = findWorkplace(outside);
  return await outside.runWorker({
    ...outside.environment,
    FACEGATE_DATA: dataFolder,
    ...(options.atOnce === undefined ? {} : { FACEGATE_CASES_AT_ONCE: options.atOnce }),
    ...(options.pack === undefined ? {} : { FACEGATE_PACK: options.pack }),
  });
}
