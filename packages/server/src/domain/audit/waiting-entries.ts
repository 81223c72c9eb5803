import type { StampedEntry } from './follow-head.ts';

/** An entry on its way to the store. */
export interface WaitingEntry extends StampedEntry {
  /** Absent: nobody waits for it. */
  readonly settle?: { resolve(): void; reject(error: unknown): void };
}

/** Entries that wait, in order, up to a bound. What finds no room is counted, never forgotten in silence. */
export class WaitingEntries {
  readonly #max: number;
  #entries: WaitingEntry[] = [];
  #lost = 0;

  /** @param max entries. */
  constructor(max: number) {
    this.#max = max;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  get isFull(): boolean {
    return this.#entries.length >= this.#max;
  }

  /** One that finds no room is lost. */
  add(entry: WaitingEntry): void {
    if (this.isFull) this.#lost++;
    else this.#entries.push(entry);
  }

  /** The oldest, at most `count`. */
  take(count: number): WaitingEntry[] {
    return this.#entries.splice(0, count);
  }

  /** Puts back what was taken, for nobody in particular any more; the youngest of all may then find no room. */
  putBack(taken: readonly WaitingEntry[]): void {
    this.#entries = [...taken.map(({ entry, at }) => ({ entry, at })), ...this.#entries];
  }

  /** Drops what is above the bound, and counts it. */
  trim(onDropped: (entry: WaitingEntry) => void): void {
    const dropped = this.#entries.splice(this.#max);
    this.lose(dropped.length);
    for (const entry of dropped) onDropped(entry);
  }

  lose(count: number): void {
    this.#lost += count;
  }

  /** @returns how many were lost since this was asked last. */
  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }
}
