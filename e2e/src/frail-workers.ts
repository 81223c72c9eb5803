import { existsSync, readFileSync } from 'node:fs';
import { type RunningProcess, startWorker } from './server-process.ts';

const LOOK_MS = 5;

/** Whether the system tells what a process has started. */
export const tellsChildren = existsSync(`/proc/self/task/${process.pid}/children`);

/**
 * Workers as a supervisor keeps them: whoever dies is started again.
 *
 * Each is killed whenever it decodes a clip, as by a file that takes more memory than there is: the decoder is the one
 * process that a worker starts.
 */
export class FrailWorkers {
  readonly #settings: Readonly<Record<string, string>>;
  readonly #running = new Set<RunningProcess>();
  readonly #lives: Promise<void>[] = [];
  #isOver = false;
  /** By a clip, so far. */
  kills = 0;

  constructor(settings: Readonly<Record<string, string>>) {
    this.#settings = settings;
  }

  start(count: number): void {
    for (let i = 0; i < count; i++) this.#lives.push(this.#keepAlive());
  }

  /** @throws when a worker ended otherwise than by a clip, or did not stop in order. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const worker of this.#running) worker.signal('SIGTERM');
    await Promise.all(this.#lives);
  }

  async #keepAlive(): Promise<void> {
    while (!this.#isOver) {
      const worker = await startWorker(this.#settings);
      this.#running.add(worker);
      if (this.#isOver) worker.signal('SIGTERM');
      const watch = setInterval(() => this.#killAtClip(worker), LOOK_MS);
      const end = await worker.ended;
      clearInterval(watch);
      this.#running.delete(worker);
      if (end !== (this.#isOver ? 0 : 'SIGKILL')) throw new Error(`A worker ended with ${end}.`);
    }
  }

  #killAtClip(worker: RunningProcess): void {
    if (!this.#running.has(worker) || childrenOf(worker.pid) === '') return;
    this.#running.delete(worker);
    this.kills++;
    worker.signal('SIGKILL');
  }
}

function childrenOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  } catch {
    return '';
  }
}
