import { Worker } from 'node:worker_threads';
import { EngineError } from '../vocabulary/errors.ts';
import type { KernelModules } from './kernel.ts';
import type { Layout } from './layout.ts';
import type { Finding, ScanTask } from './scan-task.ts';
import type { ScanOrder, ScanWorkerSetting } from './scan-worker.ts';

interface Answering {
  resolve(findings: Finding[]): void;
  reject(error: EngineError): void;
}

interface Thread {
  readonly worker: Worker;
  /** Who waits for this thread; nobody between tasks. */
  answering: Answering | undefined;
  hasFailed: boolean;
}

/**
 * Threads that scan together, one task at a time. They start with the first task, do not keep the process alive between
 * tasks, and are all replaced before the next task after one of them has failed.
 */
export class ScanPool {
  readonly #layout: Layout;
  readonly #kernels: KernelModules;
  readonly #size: number;
  readonly #memories: WebAssembly.Memory[] = [];
  #threads: Thread[] = [];

  constructor(layout: Layout, kernels: KernelModules, size: number) {
    this.#layout = layout;
    this.#kernels = kernels;
    this.#size = size;
  }

  addSegment(memory: WebAssembly.Memory): void {
    this.#memories.push(memory);
    for (const { worker } of this.#threads) send(worker, { memory });
  }

  /**
   * @param count  threads that take part. @default all
   * @returns each one's findings.
   * @throws  EngineError `internal` when a thread fails.
   */
  async run(task: ScanTask, count = this.#size): Promise<Finding[][]> {
    if (this.#threads.some(({ hasFailed }) => hasFailed)) await this.close();
    if (this.#threads.length === 0) this.#threads = this.#start();
    const threads = this.#threads.slice(0, count);
    for (const { worker } of threads) worker.ref();
    try {
      return await Promise.all(threads.map((thread) => ask(thread, task)));
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
      const setting: ScanWorkerSetting = { layout: this.#layout, kernels: this.#kernels, lane };
      // Without the process's own flags: they may be meant for its main script.
      const worker = new Worker(workerFile(), { workerData: setting, execArgv: [] });
      const thread: Thread = { worker, answering: undefined, hasFailed: false };
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
  return new Promise((resolve, reject) => {
    thread.answering = { resolve, reject };
    send(thread.worker, { task });
  });
}

function listen(thread: Thread): void {
  const { worker } = thread;
  // Those that take no part in the first task must not keep the process either.
  worker.once('online', () => {
    if (!thread.answering) worker.unref();
  });
  worker.on('message', (findings: Finding[]) => {
    const { answering } = thread;
    thread.answering = undefined;
    answering?.resolve(findings);
  });
  const fail = (cause: unknown): void => {
    thread.hasFailed = true;
    thread.answering?.reject(new EngineError('internal', 'A scanning thread failed.', { cause }));
    thread.answering = undefined;
  };
  worker.on('error', fail);
  worker.on('exit', fail);
}

function send(worker: Worker, order: ScanOrder): void {
  worker.postMessage(order);
}
