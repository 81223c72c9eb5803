import type { CallbackAddress } from '../domain/callbacks/callback.ts';

type CallbackOwner = Pick<CallbackAddress, 'account' | 'door'>;

/**
 * Where accounts want to hear of their cases, one address for each account and door. Durable when resolved.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface CallbackStore {
  /** In the place of an earlier one. */
  put(callback: CallbackAddress): Promise<void>;
  /** Forgets its notices with it. @returns what was there. */
  remove(owner: CallbackOwner): Promise<CallbackAddress | undefined>;
  find(owner: CallbackOwner): Promise<CallbackAddress | undefined>;
  /** By account and door. */
  list(): Promise<CallbackAddress[]>;
}
