import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { RgbImage } from '../image/rgb-image.ts';
import type { FrameAnalysis } from '../pipeline/analyse-image.ts';
import type { AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { VideoAnalysisRequest } from '../vocabulary/video.ts';
import type { Analysable, AnalysisReply, AnalysisTask, WorkerSetting } from './worker.ts';

export interface PoolOptions {
  readonly workers?: number | undefined;
  readonly queueMax?: number | undefined;
}

/** Pictures that may wait for each thread. */
const QUEUE_PER_WORKER = 32;

/** Threads that analyse pictures and frames, with a bounded queue before them. */
export interface Pool {
  /** @param options  as `Engine.analyse`. */
  analyse(
    bytes: Uint8Array,
    request: AnalysisRequest,
    options?: { signal?: AbortSignal; handOver?: boolean },
  ): Promise<AnalysedImage>;
  /** @param frame  is handed over: its pixels are gone afterwards. */
  analyseFrame(frame: RgbImage, request: VideoAnalysisRequest, signal?: AbortSignal): Promise<FrameAnalysis>;
  /** @param picture  its bytes, or the path of its file. */
  inspect(picture: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  load(): { workers: number; running: number; waiting: number };
  close(): Promise<void>;
}

/**
 * Starts the threads and waits until each has loaded its networks.
 *
 * @throws EngineError `model-missing` when a network cannot be loaded.
 */
export async function openPool(setting: WorkerSetting, options: PoolOptions): Promise<Pool> {
  const workers = options.workers ?? availableParallelism();
  const queueMax = options.queueMax ?? workers * QUEUE_PER_WORKER;
  const threads = startThreads(setting, workers);
  await awaitReady(threads, workers);
  let accepted = 0;
  const analyse = async (work: Analysable, { moved, signal }: Handling): Promise<unknown> => {
    if (accepted >= workers + queueMax) throw new EngineError('overloaded', 'The queue is full.');
    accepted += 1;
    const task = { work, cancelled: new SharedArrayBuffer(4) };
    const { answer, finished } = runTask(threads, task, { moved, signal });
    void finished.then(() => {
      accepted -= 1;
    });
    return answer;
  };
  return {
    analyse: async (bytes, request, { signal, handOver } = {}) =>
      (await analyse(
        { kind: 'image', bytes, request },
        { moved: handOver ? ownMemory(bytes) : [], signal },
      )) as AnalysedImage,
    analyseFrame: async (frame, request, signal) =>
      (await analyse(
        { kind: 'frame', frame, request },
        { moved: ownMemory(frame.pixels), signal },
      )) as FrameAnalysis,
    inspect: async (picture, signal) => {
      await analyse({ kind: 'inspection', picture }, { moved: [], signal });
    },
    load: () => ({ workers, running: Math.min(accepted, workers), waiting: Math.max(0, accepted - workers) }),
    close: () => threads.close(),
  };
}

interface Handling {
  /** Memory of the work that goes to the thread; all other is copied. */
  readonly moved: readonly ArrayBuffer[];
  readonly signal: AbortSignal | undefined;
}

/** The memory of bytes that have it for themselves. Nothing else may be moved: other bytes would go with it. */
function ownMemory({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0;
  return isOwn ? [buffer] : [];
}

function startThreads(setting: WorkerSetting, workers: number): Piscina {
  const isSource = import.meta.url.endsWith('.ts');
  return new Piscina({
    filename: new URL(isSource ? './worker-from-source.mjs' : './worker.js', import.meta.url).href,
    workerData: setting,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
  });
}

async function awaitReady(threads: Piscina, workers: number): Promise<void> {
  const replies = await Promise.all(
    Array.from(
      { length: workers },
      () => threads.run(undefined, { name: 'ready' }) as Promise<AnalysisReply | undefined>,
    ),
  );
  const failed = replies.find((reply) => reply !== undefined);
  if (!failed || failed.ok) return;
  await threads.destroy();
  throw new EngineError(failed.code, failed.message);
}

/**
 * A caller who gives up gets `timeout` at once; the thread notices between two stages and drops the picture. Its
 * place in the queue is free when the thread is, so giving up never lets more work in than the bound allows.
 */
function runTask(
  threads: Piscina,
  task: AnalysisTask,
  { moved, signal }: Handling,
): { answer: Promise<unknown>; finished: Promise<void> } {
  const reply = (
    threads.run(task, { name: 'analyse', transferList: [...moved] }) as Promise<AnalysisReply>
  ).then(foundOrThrow, (cause) => {
    throw new EngineError('internal', 'A worker thread failed.', { cause });
  });
  const finished = reply.then(
    () => undefined,
    () => undefined,
  );
  if (!signal) return { answer: reply, finished };
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      Atomics.store(new Int32Array(task.cancelled), 0, 1);
      reject(new EngineError('timeout', 'The request was given up before it was finished.'));
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    void finished.then(() => signal.removeEventListener('abort', giveUp));
  });
  return { answer: Promise.race([reply, givenUp]), finished };
}

function foundOrThrow(reply: AnalysisReply): unknown {
  if (reply.ok) return reply.found;
  throw new EngineError(reply.code, reply.message);
}
