import type { Content, Pieces } from './content.ts';

/** Files for the time of one piece of work, for what can only be read from a file or is too large for memory. */
export interface Scratch {
  /**
   * Puts content into a file that only this user can read, and removes it when `work` has ended, however it ended.
   *
   * @throws FaceError `unavailable` when the disk is full or fails, and whatever the content or `work` throws.
   */
  withFile<T>(content: Pieces, work: (path: string) => Promise<T>): Promise<T>;
  /** As `withFile`, until its owner removes it. No file is left when this throws. */
  keep(content: Pieces): Promise<ScratchFile>;
  /** Removes files from before a moment: those of processes that died. */
  sweep(before: Date): Promise<void>;
}

export interface ScratchFile extends Content {
  readonly path: string;
  /** The first 64 bytes; fewer only when there are no more. */
  readonly head: Uint8Array;
  /** Nothing happens the second time. Who reads at this moment may read on. */
  remove(): Promise<void>;
}
