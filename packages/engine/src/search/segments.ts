import { EngineError } from '../vocabulary/errors.ts';
import { BLOCK_ROWS, blockAt, type Layout, LINE_CODES, TILE_ROWS, WASM_PAGE_BYTES } from './layout.ts';
import type { RowScale } from './quantise.ts';

const LINE_WORDS = LINE_CODES / 4;
/** The error of a row that no scan may take. */
const UNUSED = Number.NEGATIVE_INFINITY;

interface Segment {
  readonly memory: WebAssembly.Memory;
  blocks: number;
  words: Int32Array;
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
      segment.blocks += 1;
      this.#markUnused(segment);
    } catch (cause) {
      throw new EngineError('internal', 'There is no memory for more rows.', { cause });
    }
  }

  /**
   * Makes a row visible to scans; its error is written last.
   *
   * @param codes  four to a word, the first in the lowest byte.
   */
  write(row: number, codes: Int32Array, { step, error }: RowScale): void {
    const { segment, tile, lane } = this.#find(row);
    const { words, floats } = segment;
    let to = tile + lane * LINE_WORDS;
    for (let i = 0; i < codes.length; to += (TILE_ROWS - 1) * LINE_WORDS) {
      for (const lineEnd = i + LINE_WORDS; i < lineEnd; i++, to++) words[to] = codes[i]!;
    }
    floats[this.#stepWord(tile, lane)] = step;
    floats[this.#stepWord(tile, lane) + TILE_ROWS] = error;
  }

  /**
   * What {@link write} wrote.
   *
   * @param codes  are filled in.
   */
  read(row: number, codes: Int32Array): RowScale {
    const { segment, tile, lane } = this.#find(row);
    const { words, floats } = segment;
    let from = tile + lane * LINE_WORDS;
    for (let i = 0; i < codes.length; from += (TILE_ROWS - 1) * LINE_WORDS) {
      for (const lineEnd = i + LINE_WORDS; i < lineEnd; i++, from++) codes[i] = words[from]!;
    }
    const step = this.#stepWord(tile, lane);
    return { step: floats[step]!, error: floats[step + TILE_ROWS]! };
  }

  /** Hides a row from scans, then wipes its codes. */
  clear(row: number): void {
    const { segment, tile, lane } = this.#find(row);
    segment.floats[this.#stepWord(tile, lane) + TILE_ROWS] = UNUSED;
    this.write(row, new Int32Array(this.#layout.padded / 4), { step: 0, error: UNUSED });
  }

  /** Marks all rows of the segment's last block. */
  #markUnused({ floats, blocks }: Segment): void {
    const first = blockAt(this.#layout, blocks - 1) >> 2;
    const tileWords = this.#layout.tileBytes >> 2;
    for (let i = 0, tile = first; i < BLOCK_ROWS / TILE_ROWS; i++, tile += tileWords) {
      const errors = this.#stepWord(tile, 0) + TILE_ROWS;
      floats.fill(UNUSED, errors, errors + TILE_ROWS);
    }
  }

  /** The steps follow the tile's codes, a word a row; the errors follow the steps. */
  #stepWord(tile: number, lane: number): number {
    return tile + (this.#layout.padded / 4) * TILE_ROWS + lane;
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
      words: new Int32Array(memory.buffer),
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
    segment.words = new Int32Array(segment.memory.buffer);
    segment.floats = new Float32Array(segment.memory.buffer);
  }

  /** The first word of the row's tile, and which of the tile's rows it is. */
  #find(row: number): { segment: Segment; tile: number; lane: number } {
    const block = Math.floor(row / BLOCK_ROWS);
    const { blocksPerSegment, tileBytes } = this.#layout;
    const segment = this.#segments[Math.floor(block / blocksPerSegment)]!;
    const place = Math.floor((row % BLOCK_ROWS) / TILE_ROWS);
    const tile = (blockAt(this.#layout, block % blocksPerSegment) + place * tileBytes) >> 2;
    return { segment, tile, lane: row % TILE_ROWS };
  }
}

function pagesFor(layout: Layout, blocks: number): number {
  return Math.ceil(blockAt(layout, blocks) / WASM_PAGE_BYTES);
}
