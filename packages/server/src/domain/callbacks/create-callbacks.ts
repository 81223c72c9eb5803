import type { AccountStore } from '../../ports/accounts.ts';
import type { CallbackStore } from '../../ports/callbacks.ts';
import type { NoticeQueue } from '../../ports/notices.ts';
import type { Webhooks } from '../../ports/webhooks.ts';
import { drawSecret } from '../accounts/secrets.ts';
import type { ServiceKeyParts } from '../accounts/service-key.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { CallbackDoor } from './callback.ts';
import { sealCallbackSecret } from './callback-secret.ts';
import type { CallbackChange, CallbackSetting, Callbacks } from './callbacks.ts';

export interface CallbackParts extends ServiceKeyParts {
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
    set: async (name, door, change) => setCallback(parts, await ownerOf(name, door), change),
    remove: async (name, door) => {
      const removed = await callbackStore.remove(await ownerOf(name, door));
      if (removed === undefined) throw errors.notFound('callback');
      return removed;
    },
    find: async (name, door) => {
      const owner = await ownerOf(name, door);
      const found = await callbackStore.find(owner);
      if (found === undefined) throw errors.notFound('callback');
      return { ...owner, url: found.url, ...(await notices.backlog(owner)) };
    },
    list: () => callbackStore.list(),
  };
}

async function setCallback(
  parts: CallbackParts,
  owner: Owner,
  { url: wanted, rotateSecret = false }: CallbackChange,
): Promise<CallbackSetting> {
  const before = await parts.callbackStore.find(owner);
  const url = wanted ?? before?.url;
  if (url === undefined) throw errors.invalidRequest('A callback needs a URL.');
  parts.webhooks.judge(url);
  const secret = before === undefined || rotateSecret ? drawSecret() : undefined;
  const sealedSecret = secret === undefined ? undefined : await sealCallbackSecret(parts, owner, secret);
  await parts.callbackStore.put({ ...owner, url, ...(sealedSecret && { sealedSecret }) });
  return { ...owner, url, ...(secret !== undefined && { secret }) };
}
