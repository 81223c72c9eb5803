import type { Finding } from './scan-task.ts';

/**
 * Hands out what the lanes found, highest reach first. A heap, since mostly the first few are all that is asked for:
 * linear in what was found, and a logarithm for each taken.
 */
export class Descending {
  readonly #rows: Uint32Array;
  readonly #reaches: Float32Array;
  #count: number;

  constructor(findings: readonly Finding[]) {
    this.#count = findings.reduce((sum, { rows }) => sum + rows.length, 0);
    this.#rows = new Uint32Array(this.#count);
    this.#reaches = new Float32Array(this.#count);
    let at = 0;
    for (const { rows, reaches } of findings) {
      this.#rows.set(rows, at);
      this.#reaches.set(reaches, at);
      at += rows.length;
    }
    for (let i = (this.#count >> 1) - 1; i >= 0; i--) this.#sink(i, this.#rows[i]!, this.#reaches[i]!);
  }

  take(): { row: number; reach: number } | undefined {
    if (this.#count === 0) return undefined;
    const first = { row: this.#rows[0]!, reach: this.#reaches[0]! };
    this.#count -= 1;
    this.#sink(0, this.#rows[this.#count]!, this.#reaches[this.#count]!);
    return first;
  }

  #sink(from: number, row: number, reach: number): void {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#count) break;
      if (child + 1 < this.#count && this.#reaches[child + 1]! > this.#reaches[child]!) child += 1;
      if (this.#reaches[child]! <= reach) break;
      this.#rows[at] = this.#rows[child]!;
      this.#reaches[at] = this.#reaches[child]!;
      at = child;
    }
    this.#rows[at] = row;
    this.#reaches[at] = reach;
  }
}
