import type { CallbackAddress } from '../domain/callbacks/callback.ts';

type CallbackOwner = Pick<CallbackAddress, 'account' | 'door'>;

export interface StoredCallback extends CallbackAddress {
  /** With the account's own key. */
  readonly sealedSecret: Uint8Array;
}

/** A callback without a secret keeps the one that is there. */
type CallbackPut = CallbackAddress & Partial<Pick<StoredCallback, 'sealedSecret'>>;

/**
 * Where accounts want to hear of their cases, one address for each account and door. Durable when resolved.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface CallbackStore {
  /** In the place of an earlier one. @throws FaceError `internal` for a first one without a secret. */
  put(callback: CallbackPut): Promise<void>;
  /** Forgets its notices with it. @returns what was there. */
  remove(owner: CallbackOwner): Promise<CallbackAddress | undefined>;
  find(owner: CallbackOwner): Promise<StoredCallback | undefined>;
  /** Without anything secret, by account and door. */
  list(): Promise<CallbackAddress[]>;
}
