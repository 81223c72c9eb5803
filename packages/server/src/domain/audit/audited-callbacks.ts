import type { CallbackAddress } from '../callbacks/callback.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import type { Audit } from './audit.ts';

/**
 * The same callbacks, with a line for each change of them before it is told. Addresses stay out: what is in them may be
 * secret.
 *
 * @param actor who makes the changes.
 */
export function auditedCallbacks(callbacks: Callbacks, audit: Audit, actor: string): Callbacks {
  const record = ({ account, door }: CallbackAddress, action: string): Promise<void> =>
    audit.record({ actor, account, action, subjects: [], outcome: 'done', details: { door } });
  return {
    ...callbacks,
    set: async (name, door, url) => {
      const set = await callbacks.set(name, door, url);
      await record(set, 'callback.set');
      return set;
    },
    remove: async (name, door) => {
      const removed = await callbacks.remove(name, door);
      await record(removed, 'callback.remove');
      return removed;
    },
  };
}
