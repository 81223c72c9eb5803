/** A row and its exact score. */
export interface Candidate {
  readonly row: number;
  /** Dot product, about −1..1: of two equal vectors it may exceed 1 by rounding. */
  readonly score: number;
}

/** Keeps the best `k` candidates: higher score first, of equal scores the lower row. */
export class TopK {
  readonly #k: number;
  /** A heap with the worst candidate first. */
  readonly #heap: Candidate[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  get isFull(): boolean {
    return this.#heap.length >= this.#k;
  }

  /** The k-th best score; −∞ until there are k candidates. */
  get scoreToBeat(): number {
    return this.isFull ? this.#heap[0]!.score : Number.NEGATIVE_INFINITY;
  }

  offer(candidate: Candidate): void {
    if (!this.isFull) this.#rise(candidate);
    else if (isBetter(candidate, this.#heap[0]!)) this.#sink(candidate);
  }

  /** Best first. */
  sorted(): Candidate[] {
    return [...this.#heap].sort((a, b) => (isBetter(a, b) ? -1 : 1));
  }

  #rise(candidate: Candidate): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBetter(heap[parent]!, candidate)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = candidate;
  }

  #sink(candidate: Candidate): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBetter(heap[child]!, heap[child + 1]!)) child += 1;
      if (!isBetter(candidate, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = candidate;
  }
}

function isBetter(a: Candidate, b: Candidate): boolean {
  return a.score > b.score || (a.score === b.score && a.row < b.row);
}
