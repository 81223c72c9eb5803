/**
 * Data keys that belong to no person: those that seal the secrets of accounts, and the one that tokens are signed
 * with. Each is sealed by the master key. Durable when resolved.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface ServiceKeys {
  /**
   * Keeps a sealed key, unless there is one of this name.
   *
   * @returns the one that is there afterwards: concurrent callers, on all nodes, get the same.
   * @throws  FaceError `unavailable` when the key is sealed by a master key that was retired.
   */
  keep(name: string, sealed: Uint8Array): Promise<Uint8Array>;
  read(name: string): Promise<Uint8Array | undefined>;
  /** In the order of their names. There are few. */
  all(): Promise<ServiceKey[]>;
  /** Leaves those that are no longer `before`. @returns how many were replaced. */
  replace(changes: readonly ServiceKeyChange[]): Promise<number>;
}

export interface ServiceKey {
  readonly name: string;
  readonly sealed: Uint8Array;
}

interface ServiceKeyChange {
  readonly name: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}
