import { Worker } from 'node:worker_threads';
import { EngineError } from '../vocabulary/errors.ts';
import type { Layout } from './layout.ts';
import type { ScanLane } from './scan-lane.ts';
import { type Finding, hasEntered, type ScanTask } from './scan-task.ts';
import type { ScanOrder, ScanWorkerSetting } from './scan-worker.ts';

interface Answering {
  resolve(findings: Finding[]): void;
  reject(error: EngineError): void;
}

interface Thread {
  readonly worker: Worker;
  /** Who waits for this thread, in the order of the tasks it was sent. */
  readonly waiting: Answering[];
  hasFailed: boolean;
}

/**
 * Threads that scan together, one task at a time. They start with the first task, do not keep the process alive between
 * tasks, and are all replaced before the next task after one of them has failed.
 */
export class ScanPool {
  readonly #layout: Layout;
  readonly #module: WebAssembly.Module;
  readonly #size: number;
  readonly #memories: WebAssembly.Memory[] = [];
  #threads: Thread[] = [];

  constructor(layout: Layout, module: WebAssembly.Module, size: number) {
    this.#layout = layout;
    this.#module = module;
    this.#size = size;
  }

  addSegment(memory: WebAssembly.Memory): void {
    this.#memories.push(memory);
    for (const { worker } of this.#threads) send(worker, { memory });
  }

  /**
   * @param ownLane takes part on this thread. When it has done, threads that have not even begun are not waited for.
   * @returns findings of the threads and the own lane.
   * @throws  EngineError `internal` when a thread fails.
   */
  async run(task: ScanTask, ownLane?: ScanLane): Promise<Finding[][]> {
    if (this.#threads.some(({ hasFailed }) => hasFailed)) await this.close();
    if (this.#threads.length === 0) this.#threads = this.#start();
    const threads = this.#threads;
    for (const { worker } of threads) worker.ref();
    try {
      const asked = threads.map((thread) => ask(thread, task));
      if (!ownLane) return await Promise.all(asked);
      const own = ownLane.run(task);
      const begun = asked.filter((_, lane) => hasEntered(task.progress, lane));
      return [own, ...(await Promise.all(begun))];
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      for (const { worker } of threads) worker.unref();
    }
  }

  /** Ends the threads. A task sent later starts new ones. */
  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread[] {
    return Array.from({ length: this.#size }, (_, lane) => {
      const setting: ScanWorkerSetting = { layout: this.#layout, module: this.#module, lane };
      // Without the process's own flags: they may be meant for its main script.
      const worker = new Worker(workerFile(), { workerData: setting, execArgv: [] });
      const thread: Thread = { worker, waiting: [], hasFailed: false };
      listen(thread);
      for (const memory of this.#memories) send(thread.worker, { memory });
      return thread;
    });
  }
}

function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './scan-worker-from-source.mjs' : './scan-worker.js', import.meta.url);
}

function ask(thread: Thread, task: ScanTask): Promise<Finding[]> {
  const answer = new Promise<Finding[]>((resolve, reject) => {
    thread.waiting.push({ resolve, reject });
    send(thread.worker, { task });
  });
  // Of a thread that is not waited for: the next task finds it failed.
  answer.catch(() => {});
  return answer;
}

function listen(thread: Thread): void {
  const { worker } = thread;
  worker.on('message', (findings: Finding[]) => thread.waiting.shift()?.resolve(findings));
  const fail = (cause: unknown): void => {
    thread.hasFailed = true;
    const failure = new EngineError('internal', 'A scanning thread failed.', { cause });
    for (const { reject } of thread.waiting.splice(0)) reject(failure);
  };
  worker.on('error', fail);
  worker.on('exit', fail);
}

function send(worker: Worker, order: ScanOrder): void {
  worker.postMessage(order);
}
