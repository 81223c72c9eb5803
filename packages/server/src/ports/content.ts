/** Bytes in pieces of any length, in their order. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Bytes too many to be held at once: read piece by piece, from the beginning, as often as wanted. */
export interface Content {
  readonly sizeBytes: number;
  /** Whoever stops early loses nothing. Each piece owns its memory. */
  read(): AsyncIterable<Uint8Array>;
}
