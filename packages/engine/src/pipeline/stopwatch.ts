/** Runs a named stage of the work; see {@link Stopwatch}. */
export type Stage = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Adds up milliseconds by stage name. */
export class Stopwatch {
  readonly #totals = new Map<string, number>();

  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#totals.set(stage, (this.#totals.get(stage) ?? 0) + performance.now() - start);
    }
  }

  totals(): Record<string, number> {
    return Object.fromEntries(this.#totals);
  }
}
