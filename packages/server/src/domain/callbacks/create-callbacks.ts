import type { AccountStore } from '../../ports/accounts.ts';
import type { CallbackStore } from '../../ports/callbacks.ts';
import type { NoticeQueue } from '../../ports/notices.ts';
import type { Webhooks } from '../../ports/webhooks.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { CallbackDoor } from './callback.ts';
import type { Callbacks } from './callbacks.ts';

export interface CallbackParts {
  readonly accountStore: Pick<AccountStore, 'byName'>;
  readonly callbackStore: CallbackStore;
  readonly notices: Pick<NoticeQueue, 'backlog'>;
  readonly webhooks: Pick<Webhooks, 'judge'>;
}

interface Owner {
  readonly account: AccountId;
  readonly door: CallbackDoor;
}

export function createCallbacks(parts: CallbackParts): Callbacks {
  const { callbackStore, notices } = parts;
  const ownerOf = async (name: string, door: CallbackDoor): Promise<Owner> => {
    const account = await parts.accountStore.byName(name);
    if (account === undefined) throw errors.notFound('account');
    return { account: account.id, door };
  };
  return {
    set: async (name, door, url) => {
      const callback = { ...(await ownerOf(name, door)), url };
      parts.webhooks.judge(url);
      await callbackStore.put(callback);
      return callback;
    },
    remove: async (name, door) => {
      const removed = await callbackStore.remove(await ownerOf(name, door));
      if (removed === undefined) throw errors.notFound('callback');
      return removed;
    },
    find: async (name, door) => {
      const owner = await ownerOf(name, door);
      const found = await callbackStore.find(owner);
      if (found === undefined) throw errors.notFound('callback');
      return { ...found, ...(await notices.backlog(owner)) };
    },
    list: () => callbackStore.list(),
  };
}
