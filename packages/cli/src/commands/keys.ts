import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Outside } from '../outside.ts';
import { findWorkplace } from '../workplace.ts';

/**
 * `facegate keys rotate`: the server's program for it as a child process, on the data folder of `serve`. It says itself
 * what it does and what is wrong.
 */
export async function rotateCommand(outside: Outside): Promise<ExitCode> {
  const { dataFolder } = findWorkplace(outside);
  const exitCode = await outside.runRotation({ ...outside.environment, FACEGATE_DATA: dataFolder });
  return exitCode === 0 ? EXIT.success : EXIT.failure;
}
