/** Files for the time of one piece of work, for what can only be read from a file. */
export interface Scratch {
  /**
   * Puts bytes into a file that only this user can read, and removes it when `work` has ended, however it ended.
   *
   * @throws FaceError `unavailable` when the disk is full or fails, and whatever `work` throws.
   */
  withFile<T>(bytes: Uint8Array, work: (path: string) => Promise<T>): Promise<T>;
  /** Removes files from before a moment: those of processes that died. */
  sweep(before: Date): Promise<void>;
}
