import { FindingCollector } from './finding-collector.ts';
import { type Kernel, type KernelModules, scanKernelOver } from './kernel.ts';
import { BLOCK_ROWS, blockAt, type Layout, scratchOf, TILE_ROWS } from './layout.ts';
import { partsOf, type Stretch, stretchesOf } from './listed-rows.ts';
import type { Finding, ScanTask } from './scan-task.ts';

interface OpenSegment {
  readonly kernel: Kernel;
  readonly memory: WebAssembly.Memory;
  /** Where the kernel finds which rows of a block to look at: the same place, as bytes and as words. */
  readonly filterBytes: Uint8Array;
  readonly filterWords: Uint32Array;
}

/** Digits are a batch's affair. */
export type SingleScan = Omit<ScanTask, 'digits'>;

/**
 * One runner of the scan for one probe: a thread, or the owner itself for small scans. Takes blocks until there are none
 * left. Reads rows, writes only its own scratch area.
 */
export class ScanLane {
  readonly #layout: Layout;
  readonly #kernels: KernelModules;
  readonly #segments: OpenSegment[] = [];
  /** Addresses in every segment. */
  readonly #probe: number;
  readonly #heap: number;
  readonly #filter: number;

  /** @param lane  which scratch area is its own. */
  constructor(layout: Layout, kernels: KernelModules, lane: number) {
    this.#layout = layout;
    this.#kernels = kernels;
    const base = lane * layout.laneBytes;
    const { probe, heap, filter } = scratchOf(layout.padded);
    this.#probe = base + probe;
    this.#heap = base + heap;
    this.#filter = base + filter;
  }

  addSegment(memory: WebAssembly.Memory): void {
    this.#segments.push({
      memory,
      kernel: scanKernelOver(this.#kernels, memory),
      filterBytes: new Uint8Array(memory.buffer, this.#filter, BLOCK_ROWS * 4),
      filterWords: new Uint32Array(memory.buffer, this.#filter, BLOCK_ROWS),
    });
  }

  /** @param task  of a single probe. */
  run(task: SingleScan): Finding {
    const collector = new FindingCollector(task);
    const list = task.selection?.kind === 'list' ? task.selection.rows : undefined;
    const pieces = list ? partsOf(list) : task.blocks;
    let open = -1;
    const enter = (index: number): OpenSegment => {
      const segment = this.#segments[index]!;
      if (index === open) return segment;
      if (open >= 0) collector.takeHeaps();
      this.#open(segment, task, collector);
      open = index;
      return segment;
    };
    for (;;) {
      const piece = Atomics.add(task.nextBlock, 0, 1);
      if (piece >= pieces) break;
      if (list) this.#scanPart(enter, task, list, piece);
      else this.#scanBlock(enter(Math.floor(piece / this.#layout.blocksPerSegment)), task, piece);
      if (task.kind === 'all' && open >= 0) collector.takeHeaps();
    }
    if (open >= 0) collector.takeHeaps();
    return collector.findings()[0]!;
  }

  /** Writes the probe into the segment's scratch area and empties the heap there. */
  #open({ memory }: OpenSegment, { probes }: SingleScan, collector: FindingCollector): void {
    new Int16Array(memory.buffer, this.#probe, this.#layout.padded).set(probes[0]!.codes);
    collector.openHeaps(memory, this.#heap, 1);
  }

  #scanBlock(segment: OpenSegment, task: SingleScan, block: number): void {
    const { kernel } = segment;
    const layout = this.#layout;
    const at = blockAt(layout, block % layout.blocksPerSegment);
    const first = block * BLOCK_ROWS;
    if (task.kind === 'read') kernel.readOnly(at, layout.blockBytes);
    else if (task.selection?.kind === 'bitmap') this.#scanBits(segment, task, at, first, task.selection.bits);
    else this.#scanAll(segment, task, at, first);
  }

  // Called for every block, so the arguments are spelt out: handing them on as a list costs more than a short scan.
  #scanAll({ kernel }: OpenSegment, { probes, capacity }: SingleScan, at: number, first: number): void {
    const { weight } = probes[0]!;
    kernel.scan(
      at,
      BLOCK_ROWS / TILE_ROWS,
      this.#layout.padded,
      this.#probe,
      weight,
      this.#heap,
      capacity,
      first,
    );
  }

  #scanBits(segment: OpenSegment, task: SingleScan, at: number, first: number, bits: Uint8Array): void {
    const { kernel, filterBytes } = segment;
    filterBytes.fill(0, 0, BLOCK_ROWS / 8);
    filterBytes.set(bits.subarray(first / 8, (first + BLOCK_ROWS) / 8));
    kernel.scanBits(
      at,
      BLOCK_ROWS / TILE_ROWS,
      this.#layout.padded,
      this.#probe,
      task.probes[0]!.weight,
      this.#heap,
      task.capacity,
      first,
      filterBytes.byteOffset,
    );
  }

  #scanPart(
    enter: (segment: number) => OpenSegment,
    task: SingleScan,
    list: Uint32Array,
    part: number,
  ): void {
    const rowsPerSegment = this.#layout.blocksPerSegment * BLOCK_ROWS;
    for (const stretch of stretchesOf(list, part, { rowsPerSegment, rowsEnd: task.blocks * BLOCK_ROWS })) {
      this.#scanStretch(enter(stretch.segment), task, stretch, stretch.segment * rowsPerSegment);
    }
  }

  #scanStretch(
    { kernel, filterWords }: OpenSegment,
    task: SingleScan,
    { rows }: Stretch,
    first: number,
  ): void {
    filterWords.set(rows);
    kernel.scanList(
      blockAt(this.#layout, 0),
      rows.length,
      this.#layout.padded,
      this.#probe,
      task.probes[0]!.weight,
      this.#heap,
      task.capacity,
      first,
      filterWords.byteOffset,
    );
  }
}
