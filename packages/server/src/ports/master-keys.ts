/** The master keys where they are kept, for the time of a rotation. Ids are what the seals of a key begin with. */
export interface MasterKeys {
  /**
   * Makes a new key the current one, before those that are there. Where earlier ones are left of a rotation that was
   * cut short, its key is the current one already, and nothing is done.
   *
   * Durable when resolved. Not to be called by two at once.
   */
  introduce(): Promise<void>;
  current(): Uint8Array;
  /** Those that only open what they sealed. */
  earlier(): Uint8Array[];
  /** Forgets earlier keys for good. The current one stays, whatever is named. Not to be called by two at once. */
  drop(ids: readonly Uint8Array[]): Promise<void>;
}
