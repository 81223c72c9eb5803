import { dotProduct } from '../vocabulary/dot-product.ts';
import { BLOCK_ROWS } from './layout.ts';

interface Block {
  readonly values: Float32Array;
  /** 1 where a row is in use. */
  readonly used: Uint8Array;
}

/** The float32 values of all rows, in blocks, for exact scores. Only the owner's thread sees them. */
export class RowValues {
  readonly #dimension: number;
  readonly #blocks: Block[] = [];

  constructor(dimension: number) {
    this.#dimension = dimension;
  }

  addBlock(): void {
    this.#blocks.push({
      values: new Float32Array(BLOCK_ROWS * this.#dimension),
      used: new Uint8Array(BLOCK_ROWS),
    });
  }

  has(row: number): boolean {
    return this.#blocks[Math.floor(row / BLOCK_ROWS)]?.used[row % BLOCK_ROWS] === 1;
  }

  write(row: number, values: Float32Array): void {
    const { block, position } = this.#find(row);
    block.values.set(values, position * this.#dimension);
    block.used[position] = 1;
  }

  /** Forgets the row and overwrites its values. */
  wipe(row: number): void {
    const { block, position } = this.#find(row);
    block.used[position] = 0;
    block.values.fill(0, position * this.#dimension, (position + 1) * this.#dimension);
  }

  score(probe: Float32Array, row: number): number {
    const { block, position } = this.#find(row);
    return dotProduct(probe, block.values, position * this.#dimension);
  }

  #find(row: number): { block: Block; position: number } {
    return { block: this.#blocks[Math.floor(row / BLOCK_ROWS)]!, position: row % BLOCK_ROWS };
  }
}
