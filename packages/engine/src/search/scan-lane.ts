import { FindingCollector } from './finding-collector.ts';
import { type Kernel, kernelOver } from './kernel.ts';
import {
  BATCH_MAX,
  BLOCK_ROWS,
  blockAt,
  heapStride,
  type Layout,
  PROBES_AT_ONCE,
  roundUp,
  scratchOf,
  TILE_ROWS,
  wideRowsOf,
} from './layout.ts';
import { partsOf, type Stretch, stretchesOf } from './listed-rows.ts';
import type { Finding, ScanTask } from './scan-task.ts';

const CODES_AT_ONCE = 8;

interface OpenSegment {
  readonly kernel: Kernel;
  readonly memory: WebAssembly.Memory;
  /** Where the kernel finds which rows of a block to look at: the same place, as bytes and as words. */
  readonly filterBytes: Uint8Array;
  readonly filterWords: Uint32Array;
}

/**
 * One runner of the scan: a thread, or the owner itself for small scans. Takes blocks until there are none left. Reads
 * rows, writes only its own scratch area.
 */
export class ScanLane {
  readonly #layout: Layout;
  readonly #module: WebAssembly.Module;
  readonly #segments: OpenSegment[] = [];
  readonly #scratch: ReturnType<typeof scratchOf>;
  readonly #base: number;
  readonly #probes: number;
  readonly #heaps: number;

  /** @param lane  which scratch area is its own. */
  constructor(layout: Layout, module: WebAssembly.Module, lane: number) {
    this.#layout = layout;
    this.#module = module;
    this.#scratch = scratchOf(layout.padded);
    this.#base = lane * layout.laneBytes;
    this.#probes = this.#base + this.#scratch.probes;
    this.#heaps = this.#base + this.#scratch.heaps;
  }

  addSegment(memory: WebAssembly.Memory): void {
    const filter = this.#base + this.#scratch.filter;
    this.#segments.push({
      memory,
      kernel: kernelOver(this.#module, memory),
      filterBytes: new Uint8Array(memory.buffer, filter, BLOCK_ROWS * 4),
      filterWords: new Uint32Array(memory.buffer, filter, BLOCK_ROWS),
    });
  }

  /** @returns one finding a probe. */
  run(task: ScanTask): Finding[] {
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
    return collector.findings();
  }

  /** Writes the probes into the segment's scratch area and empties the heaps there. */
  #open({ memory }: OpenSegment, task: ScanTask, collector: FindingCollector): void {
    const { padded } = this.#layout;
    const codes = new Int16Array(memory.buffer, this.#probes, BATCH_MAX * padded);
    const weightOf = new Float32Array(memory.buffer, this.#base + this.#scratch.weights, BATCH_MAX);
    if (task.probes.length === 1) codes.set(task.probes[0]!.codes);
    else for (const [i, probe] of task.probes.entries()) interleave(codes, probe.codes, i);
    for (const [i, { weight }] of task.probes.entries()) weightOf[i] = weight;
    collector.openHeaps(memory, this.#heaps, roundUp(task.probes.length, PROBES_AT_ONCE));
  }

  #scanBlock(segment: OpenSegment, task: ScanTask, block: number): void {
    const { kernel } = segment;
    const layout = this.#layout;
    const at = blockAt(layout, block % layout.blocksPerSegment);
    const first = block * BLOCK_ROWS;
    if (task.kind === 'read') kernel.readOnly(at, layout.blockBytes);
    else if (task.probes.length > 1) this.#scanForMany(kernel, task, at, first);
    else if (task.selection?.kind === 'bitmap') this.#scanBits(segment, task, at, first, task.selection.bits);
    else this.#scanAll(segment, task, at, first);
  }

  // Called for every block, so the arguments are spelt out: handing them on as a list costs more than a short scan.
  #scanAll({ kernel }: OpenSegment, { probes, capacity }: ScanTask, at: number, first: number): void {
    const { weight } = probes[0]!;
    kernel.scan(
      at,
      BLOCK_ROWS / TILE_ROWS,
      this.#layout.padded,
      this.#probes,
      weight,
      this.#heaps,
      capacity,
      first,
    );
  }

  #scanForMany(kernel: Kernel, task: ScanTask, at: number, first: number): void {
    const { padded, tileBytes } = this.#layout;
    const rows = wideRowsOf(padded);
    for (let row = 0; row < BLOCK_ROWS; row += rows) {
      const tiles = Math.min(rows, BLOCK_ROWS - row) / TILE_ROWS;
      this.#scanWidened(kernel, task, at + (row / TILE_ROWS) * tileBytes, tiles, first + row);
    }
  }

  #scanWidened(
    kernel: Kernel,
    { probes, capacity }: ScanTask,
    tile: number,
    tiles: number,
    row: number,
  ): void {
    const { padded, tileBytes } = this.#layout;
    const { weights, wide, sums } = this.#scratch;
    const stride = heapStride(capacity);
    // Into the cache first, at the speed of memory: widening alone would wait for every few lines.
    kernel.readOnly(tile, tiles * tileBytes);
    kernel.widen(tile, tiles, padded, this.#base + wide);
    for (let i = 0; i < probes.length; i += PROBES_AT_ONCE) {
      kernel.scanFour(
        tile,
        tiles,
        padded,
        this.#base + wide,
        this.#probes + i * padded * 2,
        this.#base + weights + i * 4,
        this.#heaps + i * stride,
        stride,
        capacity,
        row,
        this.#base + sums,
      );
    }
  }

  #scanBits(segment: OpenSegment, task: ScanTask, at: number, first: number, bits: Uint8Array): void {
    const { kernel, filterBytes } = segment;
    filterBytes.fill(0, 0, BLOCK_ROWS / 8);
    filterBytes.set(bits.subarray(first / 8, (first + BLOCK_ROWS) / 8));
    kernel.scanBits(
      at,
      BLOCK_ROWS / TILE_ROWS,
      this.#layout.padded,
      this.#probes,
      task.probes[0]!.weight,
      this.#heaps,
      task.capacity,
      first,
      filterBytes.byteOffset,
    );
  }

  #scanPart(enter: (segment: number) => OpenSegment, task: ScanTask, list: Uint32Array, part: number): void {
    const rowsPerSegment = this.#layout.blocksPerSegment * BLOCK_ROWS;
    for (const stretch of stretchesOf(list, part, { rowsPerSegment, rowsEnd: task.blocks * BLOCK_ROWS })) {
      this.#scanStretch(enter(stretch.segment), task, stretch, stretch.segment * rowsPerSegment);
    }
  }

  #scanStretch({ kernel, filterWords }: OpenSegment, task: ScanTask, { rows }: Stretch, first: number): void {
    filterWords.set(rows);
    kernel.scanList(
      blockAt(this.#layout, 0),
      rows.length,
      this.#layout.padded,
      this.#probes,
      task.probes[0]!.weight,
      this.#heaps,
      task.capacity,
      first,
      filterWords.byteOffset,
    );
  }
}

/** Writes a probe's codes, eight at a time, between those of the others that are scanned with it. */
function interleave(all: Int16Array, codes: Int16Array, probe: number): void {
  const group = Math.floor(probe / PROBES_AT_ONCE) * PROBES_AT_ONCE * codes.length;
  let to = group + (probe % PROBES_AT_ONCE) * CODES_AT_ONCE;
  for (let i = 0; i < codes.length; i += CODES_AT_ONCE, to += CODES_AT_ONCE * PROBES_AT_ONCE) {
    all.set(codes.subarray(i, i + CODES_AT_ONCE), to);
  }
}
