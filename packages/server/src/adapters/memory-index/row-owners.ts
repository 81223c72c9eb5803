/** Whose a row is. */
export interface RowOwner {
  readonly referenceNumber: number;
  readonly subjectNumber: number;
}

const ROWS_MIN = 4096;

/** Who every row belongs to, in 24 bytes a row: a million objects would be a burden to the garbage collector. */
export class RowOwners {
  #references = new Float64Array(ROWS_MIN);
  #subjects = new Float64Array(ROWS_MIN);
  #moments = new Float64Array(ROWS_MIN);

  at(row: number): RowOwner {
    return { referenceNumber: this.#references[row] ?? 0, subjectNumber: this.#subjects[row] ?? 0 };
  }

  /** When the row was given to its owner; infinite for a row that never had one. */
  since(row: number): number {
    return this.#moments[row] || Number.POSITIVE_INFINITY;
  }

  /** @param moment above 0. */
  set(row: number, { referenceNumber, subjectNumber }: RowOwner, moment: number): void {
    if (row >= this.#moments.length) this.#grow(row);
    this.#references[row] = referenceNumber;
    this.#subjects[row] = subjectNumber;
    this.#moments[row] = moment;
  }

  #grow(row: number): void {
    const rows = Math.max(2 * this.#moments.length, row + 1);
    this.#references = longer(this.#references, rows);
    this.#subjects = longer(this.#subjects, rows);
    this.#moments = longer(this.#moments, rows);
  }
}

function longer(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(values);
  return grown;
}
