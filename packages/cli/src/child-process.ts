import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/**
 * Runs a Node script with this terminal as its own and passes stop signals on.
 *
 * At a terminal Ctrl-C already reaches the whole process group; passing it on would deliver it twice and turn a
 * graceful stop into a forced one.
 *
 * @returns the script's exit code, or 128 plus the signal number when a signal ended it.
 * @throws  when the process cannot be started.
 */
export function runNodeScript(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: { readonly isInteractive: boolean },
): Promise<number> {
  const child = spawn(process.execPath, [script], { stdio: 'inherit', env: environment });
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !terminal.isInteractive) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    for (const signal of FORWARDED) process.off(signal, forward);
  });
}
