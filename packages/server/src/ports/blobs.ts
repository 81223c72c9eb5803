import type { Content, Pieces } from './content.ts';

/**
 * Immutable byte strings, each under the name of its content.
 *
 * Every operation may throw FaceError `unavailable` when the store cannot be reached or is full.
 */
export interface Blobs {
  /** Durable when resolved: it survives the end of the machine. @returns its name, 64 hexadecimal digits. */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * As `put`, of content that is never held whole.
   *
   * @throws whatever reading it throws; nothing is kept then.
   */
  putPieces(content: Pieces): Promise<string>;
  /** @returns undefined when there is none. @throws FaceError `internal` when the content no longer fits the name. */
  get(id: string): Promise<Uint8Array | undefined>;
  /**
   * As `get`, to be read piece by piece.
   *
   * @returns undefined when there is none. Reading may throw as `get`, at its end at the latest.
   */
  open(id: string): Promise<Content | undefined>;
  /** Nothing happens when there is none. */
  remove(id: string): Promise<void>;
  /** Names of what was put before a moment, in no order. Some of them may be gone by the time they are read. */
  putBefore(moment: Date): AsyncIterable<string>;
}
