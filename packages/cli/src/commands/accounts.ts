import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Outside } from '../outside.ts';
import { findWorkplace } from '../workplace.ts';

/**
 * `facegate accounts …`: the server's program for it as a child process, on the data folder of `serve`, whether a
 * server runs there or not. It prints the answer and says what is wrong.
 *
 * @param request  as JSON, without anything secret: arguments of a process are seen by others.
 */
export async function accountsCommand(outside: Outside, request: object, json: boolean): Promise<ExitCode> {
  const { dataFolder } = findWorkplace(outside);
  const args = [JSON.stringify(request), ...(json ? ['--json'] : [])];
  const exitCode = await outside.runAccounts(args, { ...outside.environment, FACEGATE_DATA: dataFolder });
  return exitCode === 0 ? EXIT.success : EXIT.failure;
}
