import { FindingCollector } from './finding-collector.ts';
import { type BatchKernel, batchKernelOver, type KernelModules } from './kernel.ts';
import {
  BLOCK_ROWS,
  batchRoomOf,
  batchRowsOf,
  batchWidthOf,
  blockAt,
  heapStride,
  type Layout,
  TILE_ROWS,
  WASM_PAGE_BYTES,
} from './layout.ts';
import { probeDigits } from './probe-digits.ts';
import { loadRowProducts, type OpenRowProducts, type RowProducts } from './row-products.ts';
import type { Finding, ScanTask } from './scan-task.ts';

/**
 * A thread's runner of the scan for many probes at once. Takes blocks until there are none left, copies some rows of one
 * at a time into a memory of its own, and multiplies them with all probes there.
 */
export class BatchLane {
  readonly #layout: Layout;
  readonly #room: ReturnType<typeof batchRoomOf>;
  readonly #rows: number;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: BatchKernel;
  readonly #segments: WebAssembly.Memory[] = [];
  #loaded: Promise<OpenRowProducts> | undefined;

  constructor(layout: Layout, kernels: KernelModules) {
    this.#layout = layout;
    this.#room = batchRoomOf(layout);
    this.#rows = batchRowsOf(layout.padded);
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(this.#room.end / WASM_PAGE_BYTES) });
    this.#kernel = batchKernelOver(kernels, this.#memory);
  }

  addSegment(memory: WebAssembly.Memory): void {
    this.#segments.push(memory);
  }

  /** @returns one finding a probe. */
  async run(task: ScanTask): Promise<Finding[]> {
    const collector = new FindingCollector(task);
    const products = await this.#open(task, collector);
    for (;;) {
      const block = Atomics.add(task.nextBlock, 0, 1);
      if (block >= task.blocks) break;
      await this.#scanBlock(task, products, block);
    }
    collector.takeHeaps();
    const isCoarse = task.digits === 1;
    return collector.findings().map((finding) => ({ ...finding, isCoarse }));
  }

  /** Writes what belongs to the probes, and empties their heaps. */
  async #open({ probes, digits: count }: ScanTask, collector: FindingCollector): Promise<RowProducts> {
    this.#loaded ??= loadRowProducts();
    const openRowProducts = await this.#loaded;
    const { buffer } = this.#memory;
    const { codes, sums, weights, slacks, heaps } = this.#room;
    const { padded } = this.#layout;
    const width = batchWidthOf(probes.length);
    new Float32Array(buffer, weights, width).fill(0).set(probes.map(({ weight }) => weight));
    const codesOf = probes.map((probe) => probe.codes);
    const { digits, slacks: slackOfEach } = probeDigits(codesOf, { width, padded, count });
    new Float32Array(buffer, slacks, width).set(slackOfEach);
    collector.openHeaps(this.#memory, heaps, width);
    return openRowProducts({
      rows: this.#rows,
      dimension: padded,
      columns: count * width,
      codes: new Uint8Array(buffer, codes, this.#rows * padded),
      digits,
      sums: new Int32Array(buffer, sums, this.#rows * count * width),
    });
  }

  async #scanBlock(task: ScanTask, products: RowProducts, block: number): Promise<void> {
    const { blocksPerSegment, tileBytes } = this.#layout;
    const segment = this.#segments[Math.floor(block / blocksPerSegment)]!;
    const at = blockAt(this.#layout, block % blocksPerSegment);
    for (let row = 0; row < BLOCK_ROWS; row += this.#rows) {
      this.#copy(segment, at + (row / TILE_ROWS) * tileBytes);
      await products.run();
      this.#offer(task, block * BLOCK_ROWS + row);
    }
  }

  #copy(segment: WebAssembly.Memory, from: number): void {
    const { padded, tileBytes } = this.#layout;
    const { tiles, codes } = this.#room;
    const count = this.#rows / TILE_ROWS;
    const bytes = new Uint8Array(segment.buffer, from, count * tileBytes);
    new Uint8Array(this.#memory.buffer, tiles, bytes.length).set(bytes);
    this.#kernel.unpack(tiles, count, padded, codes);
  }

  #offer({ probes, digits, capacity }: ScanTask, firstRow: number): void {
    const { tiles, sums, weights, slacks, thresholds, heaps } = this.#room;
    this.#kernel.offer(
      tiles,
      this.#rows / TILE_ROWS,
      this.#layout.padded,
      sums,
      digits,
      batchWidthOf(probes.length),
      weights,
      slacks,
      thresholds,
      heaps,
      heapStride(capacity),
      capacity,
      firstRow,
    );
  }
}
