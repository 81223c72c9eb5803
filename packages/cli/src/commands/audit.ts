import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Outside } from '../outside.ts';
import { findWorkplace } from '../workplace.ts';

/** What the server's program ends with when the answer is no. */
const NEGATIVE = 3;

/**
 * `facegate audit …`: the server's program for it as a child process, on the data folder of `serve`. It prints the
 * answer itself.
 *
 * @param words   the command and its arguments.
 * @param options as they were given; `true` for one without a value.
 */
export async function auditCommand(
  outside: Outside,
  words: readonly string[],
  options: object,
): Promise<ExitCode> {
  const { dataFolder } = findWorkplace(outside);
  const flags = Object.entries(options).map(([name, value]) =>
    value === true ? `--${name}` : `--${name}=${value}`,
  );
  const environment = { ...outside.environment, FACEGATE_DATA: dataFolder };
  const exitCode = await outside.runAudit([...words, ...flags], environment);
  if (exitCode === NEGATIVE) return EXIT.negative;
  return exitCode === 0 ? EXIT.success : EXIT.failure;
}
