import { heapStride } from './layout.ts';
import type { Finding, ScanTask } from './scan-task.ts';

/** Entries of a heap start after its count and threshold, two words each: reach and row. */
const HEAD_WORDS = 2;

/** What of a task decides about its heaps. */
type HeapTask = Pick<ScanTask, 'kind' | 'probes' | 'capacity'>;

/** Empties a lane's heaps, once a segment or once a block, and puts together what they held. */
export class FindingCollector {
  readonly #task: HeapTask;
  readonly #rows: Uint32Array[][];
  readonly #reaches: Float32Array[][];
  /** A later heap of the same probe starts with what an earlier, full one had reached. */
  readonly #thresholds: Float32Array;
  readonly #hasLeftOut: boolean[];
  readonly #stride: number;
  #words = new Uint32Array(new SharedArrayBuffer(0));
  #floats = new Float32Array(new SharedArrayBuffer(0));

  constructor(task: HeapTask) {
    this.#task = task;
    this.#rows = task.probes.map(() => []);
    this.#reaches = task.probes.map(() => []);
    this.#thresholds = Float32Array.from(task.probes, ({ floor }) => floor);
    this.#hasLeftOut = task.probes.map(() => false);
    this.#stride = heapStride(task.capacity) / 4;
  }

  /** @param count  heaps to make ready; those beyond the probes never take anything. */
  openHeaps(memory: WebAssembly.Memory, from: number, count: number): void {
    this.#words = new Uint32Array(memory.buffer, from, count * this.#stride);
    this.#floats = new Float32Array(memory.buffer, from, count * this.#stride);
    for (let i = 0; i < count; i++) this.#reset(i);
  }

  takeHeaps(): void {
    for (let i = 0; i < this.#task.probes.length; i++) {
      this.#take(i);
      this.#reset(i);
    }
  }

  findings(): Finding[] {
    return this.#task.probes.map((_, i) => ({
      rows: joined(Uint32Array, this.#rows[i]!),
      reaches: joined(Float32Array, this.#reaches[i]!),
      bound: this.#hasLeftOut[i] ? this.#thresholds[i]! : Number.NEGATIVE_INFINITY,
    }));
  }

  #take(i: number): void {
    const head = i * this.#stride;
    const count = this.#words[head]!;
    if (count === 0) return;
    const rows = new Uint32Array(count);
    const reaches = new Float32Array(count);
    for (let entry = 0, at = head + HEAD_WORDS; entry < count; entry++, at += 2) {
      reaches[entry] = this.#floats[at]!;
      rows[entry] = this.#words[at + 1]!;
    }
    this.#rows[i]!.push(rows);
    this.#reaches[i]!.push(reaches);
    if (this.#task.kind === 'all' || count < this.#task.capacity) return;
    this.#thresholds[i] = this.#floats[head + 1]!;
    this.#hasLeftOut[i] = true;
  }

  #reset(i: number): void {
    const head = i * this.#stride;
    this.#words[head] = 0;
    this.#floats[head + 1] = this.#thresholds[i] ?? Number.POSITIVE_INFINITY;
  }
}

function joined<Values extends Uint32Array | Float32Array>(
  make: new (length: number) => Values,
  parts: readonly Values[],
): Values {
  const whole = new make(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
