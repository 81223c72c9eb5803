import { EngineError } from '../vocabulary/errors.ts';
import { BLOCK_ROWS, blockAt, type Layout, WASM_PAGE_BYTES } from './layout.ts';
import type { RowScale } from './quantise.ts';

interface Segment {
  readonly memory: WebAssembly.Memory;
  blocks: number;
  bytes: Int8Array;
  floats: Float32Array;
}

/**
 * The codes of all rows, in shared memories that the threads read. Written by the owner's thread alone.
 *
 * Growing adds pages to the last memory, or another memory; what is there stays where it is.
 */
export class Segments {
  readonly #layout: Layout;
  readonly #segments: Segment[] = [];
  readonly #onNew: (memory: WebAssembly.Memory) => void;

  /** @param onNew  told of each memory before anything is in it. */
  constructor(layout: Layout, onNew: (memory: WebAssembly.Memory) => void) {
    this.#layout = layout;
    this.#onNew = onNew;
  }

  get blocks(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.blocks, 0);
  }

  /**
   * Adds a block of rows, all unused.
   *
   * @throws EngineError `internal` when the machine has no memory for it.
   */
  addBlock(): void {
    try {
      const last = this.#segments.at(-1);
      const segment = last && last.blocks < this.#layout.blocksPerSegment ? last : this.#addSegment();
      this.#growTo(segment, segment.blocks + 1);
      const { errors } = blockAt(this.#layout, segment.blocks);
      segment.floats.fill(Number.NEGATIVE_INFINITY, errors >> 2, (errors >> 2) + BLOCK_ROWS);
      segment.blocks += 1;
    } catch (cause) {
      throw new EngineError('internal', 'There is no memory for more rows.', { cause });
    }
  }

  /** Makes a row visible to scans; its error is written last. */
  write(row: number, codes: Int8Array, { step, error }: RowScale): void {
    const { segment, block, position } = this.#find(row);
    let to = block.codes + (position >> 2) * this.#layout.padded * 4 + (position & 3) * 8;
    for (let i = 0; i < codes.length; i += 8, to += 32) {
      for (let j = 0; j < 8; j++) segment.bytes[to + j] = codes[i + j]!;
    }
    segment.floats[(block.steps >> 2) + position] = step;
    segment.floats[(block.errors >> 2) + position] = error;
  }

  /** Hides a row from scans and wipes its codes. */
  clear(row: number): void {
    const { segment, block, position } = this.#find(row);
    segment.floats[(block.errors >> 2) + position] = Number.NEGATIVE_INFINITY;
    segment.floats[(block.steps >> 2) + position] = 0;
    const first = block.codes + (position >> 2) * this.#layout.padded * 4 + (position & 3) * 8;
    for (let i = 0; i < this.#layout.padded * 4; i += 32) segment.bytes.fill(0, first + i, first + i + 8);
  }

  #addSegment(): Segment {
    const memory = new WebAssembly.Memory({
      initial: pagesFor(this.#layout, 1),
      maximum: pagesFor(this.#layout, this.#layout.blocksPerSegment),
      shared: true,
    });
    const segment = {
      memory,
      blocks: 0,
      bytes: new Int8Array(memory.buffer),
      floats: new Float32Array(memory.buffer),
    };
    this.#segments.push(segment);
    this.#onNew(memory);
    return segment;
  }

  #growTo(segment: Segment, blocks: number): void {
    const wanted = pagesFor(this.#layout, blocks);
    const present = segment.memory.buffer.byteLength / WASM_PAGE_BYTES;
    if (wanted <= present) return;
    segment.memory.grow(wanted - present);
    segment.bytes = new Int8Array(segment.memory.buffer);
    segment.floats = new Float32Array(segment.memory.buffer);
  }

  #find(row: number): { segment: Segment; block: ReturnType<typeof blockAt>; position: number } {
    const block = Math.floor(row / BLOCK_ROWS);
    const { blocksPerSegment } = this.#layout;
    const segment = this.#segments[Math.floor(block / blocksPerSegment)]!;
    return { segment, block: blockAt(this.#layout, block % blocksPerSegment), position: row % BLOCK_ROWS };
  }
}

function pagesFor(layout: Layout, blocks: number): number {
  return Math.ceil(blockAt(layout, blocks).codes / WASM_PAGE_BYTES);
}
