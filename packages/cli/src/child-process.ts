import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PARENT_POLL_MS = 500;

/**
 * Each picture brings megabytes of pixels that V8 counts against its small heap, so that it would mark that heap anew
 * for almost every picture, with helper threads: a fifth of the processor. Letting the heap grow fivefold between
 * collections makes them rare, and collecting on the thread itself costs less than waking the helpers.
 */
const NODE_FLAGS = ['--single-threaded-gc', '--heap-growing-percent=400'] as const;

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/**
 * Runs a Node script with this terminal as its own and passes stop signals on.
 *
 * At a terminal Ctrl-C already reaches the whole process group; passing it on would deliver it twice and turn a
 * graceful stop into a forced one.
 *
 * npm starts commands through a shell, and a signal sent to npm ends that shell without reaching us. With
 * `stopsWithParent` the death of the parent counts as a stop signal, so that `npm start` can be stopped from outside.
 *
 * @returns the script's exit code, or 128 plus the signal number when a signal ended it.
 * @throws  when the process cannot be started.
 */
export function runNodeScript(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: {
    readonly isInteractive: boolean;
    readonly stopsWithParent?: boolean;
    /** Of the script. @default none */
    readonly args?: readonly string[];
  },
): Promise<number> {
  const child = spawn(process.execPath, [...NODE_FLAGS, script, ...(terminal.args ?? [])], {
    stdio: 'inherit',
    env: environment,
  });
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !terminal.isInteractive) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const watch = terminal.stopsWithParent ? watchParent(() => child.kill('SIGTERM')) : undefined;
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of FORWARDED) process.off(signal, forward);
  });
}

function watchParent(onDeath: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onDeath();
  }, PARENT_POLL_MS);
  return watch.unref();
}
