import { EngineError } from '../vocabulary/errors.ts';
import { BATCH_MAX, BATCH_MIN, heapCapacity } from './layout.ts';
import type { Finding, ScanProbe, ScanTask } from './scan-task.ts';
import type { RowSelection } from './selection.ts';

export interface ScanRequest {
  readonly kind: ScanTask['kind'];
  readonly probe: ScanProbe;
  readonly capacity: number;
  readonly selection?: RowSelection | undefined;
}

/** Carries a task out. The findings come by lane, then by probe. */
export type RunTask = (task: Omit<ScanTask, 'blocks' | 'digits'>) => Promise<Finding[][]>;

interface Waiting {
  readonly request: ScanRequest;
  readonly resolve: (findings: Finding[]) => void;
  readonly reject: (error: unknown) => void;
  isGivenUp: boolean;
}

interface Pass {
  readonly members: readonly Waiting[];
  readonly nextBlock: Int32Array;
}

/** The largest heap with which a request can share a pass with others. */
const SHARED_CAPACITY = heapCapacity(BATCH_MAX);
/** More than there can be: a lane that asks for the next block is told that there is none. */
const NO_BLOCK = 2 ** 30;

/** One pass over the rows at a time. What asks while one runs waits, and all that can share the next pass do. */
export class ScanQueue {
  readonly #run: RunTask;
  #waiting: Waiting[] = [];
  #pass: Pass | undefined;

  constructor(run: RunTask) {
    this.#run = run;
  }

  /**
   * @returns one finding a lane.
   * @throws  EngineError `timeout` as soon as `signal` says so; the pass ends early when nobody waits for it any more.
   */
  async scan(request: ScanRequest, signal?: AbortSignal): Promise<Finding[]> {
    let stopListening = (): void => {};
    const findings = new Promise<Finding[]>((resolve, reject) => {
      const waiting: Waiting = { request, resolve, reject, isGivenUp: false };
      const giveUp = (): void => this.#giveUp(waiting);
      if (signal?.aborted) return giveUp();
      signal?.addEventListener('abort', giveUp);
      stopListening = () => signal?.removeEventListener('abort', giveUp);
      this.#waiting.push(waiting);
      this.#startPass();
    });
    return findings.finally(stopListening);
  }

  #giveUp(waiting: Waiting): void {
    waiting.isGivenUp = true;
    waiting.reject(new EngineError('timeout', 'The search was given up before it was finished.'));
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    const { members = [], nextBlock } = this.#pass ?? {};
    if (nextBlock && members.every(({ isGivenUp }) => isGivenUp)) Atomics.store(nextBlock, 0, NO_BLOCK);
  }

  #startPass(): void {
    if (this.#pass || this.#waiting.length === 0) return;
    const pass: Pass = { members: this.#takeMembers(), nextBlock: new Int32Array(new SharedArrayBuffer(4)) };
    this.#pass = pass;
    void this.#carryOut(pass).finally(() => {
      this.#pass = undefined;
      this.#startPass();
    });
  }

  async #carryOut({ members, nextBlock }: Pass): Promise<void> {
    const { kind, selection } = members[0]!.request;
    const capacity = Math.max(...members.map(({ request }) => request.capacity));
    const probes = members.map(({ request }) => request.probe);
    try {
      const findings = await this.#run({ kind, selection, capacity, probes, nextBlock });
      for (const [i, { resolve }] of members.entries()) resolve(findings.map((lane) => lane[i]!));
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
  }

  /** Whoever has waited longest and, if that one can share a pass and enough others can, these. */
  #takeMembers(): Waiting[] {
    const [first] = this.#waiting as [Waiting];
    const together = canShare(first) ? this.#waiting.filter(canShare).slice(0, BATCH_MAX) : [];
    const members = together.length >= BATCH_MIN ? together : [first];
    const taken = new Set(members);
    this.#waiting = this.#waiting.filter((waiting) => !taken.has(waiting));
    return members;
  }
}

function canShare({ request: { kind, capacity, selection } }: Waiting): boolean {
  return kind === 'best' && !selection && capacity <= SHARED_CAPACITY;
}
