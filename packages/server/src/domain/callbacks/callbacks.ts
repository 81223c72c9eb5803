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
   * Sets or changes a callback. What waits is sent to the new URL.
   *
   * @throws FaceError `invalid-request` for a URL that nothing may be sent to.
   */
  set(name: string, door: CallbackDoor, url: string): Promise<CallbackAddress>;
  /** Ends a callback; what waits to be told is forgotten. */
  remove(name: string, door: CallbackDoor): Promise<CallbackAddress>;
  find(name: string, door: CallbackDoor): Promise<CallbackAddress & Backlog>;
  /** Of all accounts. */
  list(): Promise<readonly CallbackAddress[]>;
}
