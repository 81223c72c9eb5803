import type { Backlog } from '../../ports/notices.ts';
import type { CallbackAddress, CallbackDoor } from './callback.ts';

/**
 * What an operator does with callbacks.
 *
 * Every operation may throw FaceError `unavailable`, and `not-found` where it names an account, or a callback, that is
 * not there.
 */
export interface Callbacks {
  /**
   * Sets or changes a callback. What waits is sent to the new URL, signed with the new secret.
   *
   * @throws FaceError `invalid-request` for a URL that nothing may be sent to, or a first one without a URL.
   */
  set(name: string, door: CallbackDoor, change: CallbackChange): Promise<CallbackSetting>;
  /** Ends a callback; what waits to be told is forgotten. */
  remove(name: string, door: CallbackDoor): Promise<CallbackAddress>;
  find(name: string, door: CallbackDoor): Promise<CallbackAddress & Backlog>;
  /** Of all accounts. */
  list(): Promise<readonly CallbackAddress[]>;
}

export interface CallbackChange {
  /** Absent: stays as it is. */
  readonly url?: string | undefined;
  /** A callback that is new gets a secret in any case. */
  readonly rotateSecret?: boolean | undefined;
}

export interface CallbackSetting extends CallbackAddress {
  /** Told once. Absent: the earlier one holds on. */
  readonly secret?: string;
}
