import type { Outside } from '../outside.ts';
import { findWorkplace } from '../workplace.ts';

export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly pack?: string;
}

/**
 * `facegate serve`: the server as a child process, so that the command line never loads it.
 *
 * Options become the environment variables they shorten; the server alone judges their values.
 *
 * @returns the server's own exit code.
 */
export async function serveCommand(outside: Outside, options: ServeOptions): Promise<number> {
  const { dataFolder } = findWorkplace(outside);
  return await outside.runServer({
    ...outside.environment,
    FACEGATE_DATA: dataFolder,
    ...(options.host === undefined ? {} : { FACEGATE_HOST: options.host }),
    ...(options.port === undefined ? {} : { FACEGATE_PORT: options.port }),
    ...(options.pack === undefined ? {} : { FACEGATE_PACK: options.pack }),
  });
}
