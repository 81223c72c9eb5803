import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Cost } from './cost.ts';

/** What a contestant answers for one picture. */
export interface Lap extends Cost {
  readonly faces: number;
  /** Wall time from decoded pixels to templates: what both sides do alike. */
  readonly pixelsToTemplateMs: number;
}

/** A process of its own that analyses one picture at a time when asked. */
export interface Contestant {
  lap(jpeg: Buffer): Promise<Lap>;
  stop(): Promise<void>;
}

/**
 * Starts a contestant's script.
 *
 * @param script  a module that calls {@link answerLaps}.
 * @param args    handed to it.
 */
export async function startContestant(script: URL, args: readonly string[]): Promise<Contestant> {
  const child = fork(script, args, {
    execArgv: ['--single-threaded-gc', '--heap-growing-percent=400', '--import', 'tsx/esm'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await nextMessage(child);
  return {
    lap: async (jpeg) => {
      child.send(jpeg);
      return (await nextMessage(child)) as Lap;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A contestant ended with status ${code}.`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}

/** The contestant's side: says it is ready, then answers each picture it is sent. */
export function answerLaps(lap: (jpeg: Buffer) => Promise<Lap>): void {
  process.on('message', async (jpeg: Uint8Array) => {
    process.send?.(await lap(Buffer.from(jpeg)));
  });
  process.send?.('ready');
}
