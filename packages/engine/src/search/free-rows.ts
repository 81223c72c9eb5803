interface FreedRow {
  readonly row: number;
  /** The first search that began after the row was removed. */
  readonly since: number;
}

/**
 * Rows that were removed and may be used again, oldest first, but not before every search that began earlier has ended:
 * such a search may hold a selection made for the row's former content.
 */
export class FreeRows {
  readonly #open = new Set<number>();
  #nextSearch = 0;
  #freed: FreedRow[] = [];
  #taken = 0;

  beginSearch(): number {
    const search = this.#nextSearch++;
    this.#open.add(search);
    return search;
  }

  endSearch(search: number): void {
    this.#open.delete(search);
  }

  free(row: number): void {
    this.#freed.push({ row, since: this.#nextSearch });
  }

  /** A row to use again, if there is one. */
  take(): number | undefined {
    const first = this.#freed[this.#taken];
    if (!first || first.since > this.#oldestOpen()) return undefined;
    this.#taken += 1;
    if (this.#taken * 2 > this.#freed.length) {
      this.#freed = this.#freed.slice(this.#taken);
      this.#taken = 0;
    }
    return first.row;
  }

  /** Searches are numbered as they begin and a set keeps that order. */
  #oldestOpen(): number {
    const [oldest = Number.POSITIVE_INFINITY] = this.#open;
    return oldest;
  }
}
