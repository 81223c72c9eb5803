/** Takes exact lengths from a stream of pieces of any length. */
export class PieceReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(pipe: AsyncIterable<Uint8Array>) {
    this.#pieces = pipe[Symbol.asyncIterator]();
  }

  /** A copy of the next bytes; undefined when the stream ends before it has that many. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const taken = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (this.#rest.length === 0) {
        const next = await this.#pieces.next();
        if (next.done) return undefined;
        this.#rest = next.value;
      }
      const piece = this.#rest.subarray(0, length - filled);
      taken.set(piece, filled);
      filled += piece.length;
      this.#rest = this.#rest.subarray(piece.length);
    }
    return taken;
  }
}
