import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../vocabulary/errors.ts';
import type { DecodingTask } from './decode-video.ts';
import { type ReceivedMessage, readMessages } from './messages.ts';
import { watchMemory } from './watch-memory.ts';

/** Heap of the decoder process itself, MiB; frames lie outside it. */
const HEAP_MIB = 256;

/** Red, green, blue. */
const BYTES_PER_PIXEL = 3;

export interface DecodingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Program of the decoder process; another one only in tests. */
  readonly program?: string;
}

/**
 * Decodes a clip in a process of its own and gives its messages one by one. While nobody asks for the next, it waits.
 *
 * The process and what it started are killed at the deadline, when `signal` fires, when it takes too much memory, and
 * when the caller stops asking.
 *
 * @throws EngineError `timeout` at the deadline or by the signal, `payload-too-large` for too much memory,
 *   `image-unreadable` when the process dies or talks nonsense.
 */
export async function* decodeInProcess(
  task: DecodingTask,
  { signal, program = decoderProgram() }: DecodingOptions = {},
): AsyncGenerator<ReceivedMessage> {
  const decoder = startProcess(program, task);
  const stop = stopper(decoder);
  const ended = new Promise<void>((resolve) => {
    decoder.once('exit', () => resolve());
    // It could not be started: its pipe ends at once.
    decoder.once('error', () => resolve());
  });
  const unwatch = watch(decoder, task, { stop, signal });
  try {
    const pipe = decoder.stdio[3] as Readable;
    for await (const received of readMessages(pipe, BYTES_PER_PIXEL * task.limits.pixelsMax)) {
      yield received;
      if (received.message.kind !== 'frame') return;
    }
    throw stop.reason ?? new EngineError('image-unreadable', 'The decoder ended before the clip did.');
  } catch (cause) {
    if (stop.reason) throw stop.reason;
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('image-unreadable', 'The decoder could not be understood.', { cause });
  } finally {
    unwatch();
    stop(undefined);
    await ended;
  }
}

/** In a group of its own, so that what it starts can be killed with it; the server's settings and secrets stay here. */
function startProcess(program: string, task: DecodingTask): ChildProcess {
  return spawn(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, program, JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
    env: { PATH: task.programFolders },
  });
}

interface Stopper {
  (reason: EngineError | undefined): void;
  /** Why it was stopped, if it was. */
  reason?: EngineError | undefined;
}

function stopper(decoder: ChildProcess): Stopper {
  const stop: Stopper = (reason) => {
    stop.reason ??= reason;
    if (decoder.pid !== undefined) killGroup(decoder.pid);
  };
  return stop;
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it has ended already.
  }
}

/** Everything that may end the process early. @returns ends the watch. */
function watch(
  { pid }: ChildProcess,
  { limits }: DecodingTask,
  { stop, signal }: { stop: Stopper; signal: AbortSignal | undefined },
): () => void {
  const deadline = setTimeout(
    () => stop(new EngineError('timeout', 'The clip was not decoded before its deadline.')),
    limits.deadlineMs,
  );
  const giveUp = (): void =>
    stop(new EngineError('timeout', 'The request was given up before it was finished.'));
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp, { once: true });
  const unwatchMemory = watchMemory(pid ?? 0, limits.memoryBytesMax, () =>
    stop(new EngineError('payload-too-large', 'The clip takes too much memory to decode.')),
  );
  return () => {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', giveUp);
    unwatchMemory();
  };
}

function decoderProgram(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const name = isSource ? './decoder-process-from-source.mjs' : './decoder-process.js';
  return fileURLToPath(new URL(name, import.meta.url));
}
