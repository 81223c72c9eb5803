import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { AccountStore } from './accounts.ts';
import type { CallbackStore } from './callbacks.ts';

interface Opened {
  readonly callbacks: CallbackStore;
  readonly accounts: AccountStore;
}

/** An account of its own. */
export async function newAccountId(accounts: AccountStore): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  const limits = { requestsPerMinute: {}, quotas: {} };
  const account = { id, name: id, state: 'active', mode: 'live', limits, createdAt: new Date() } as const;
  await accounts.create(account, []);
  return id;
}

/** The promises of the CallbackStore port. Everything may lie in one store. */
export function callbackStoreContract(name: string, open: () => Opened): void {
  const callbacks = () => open().callbacks;
  const newCallback = async () => ({
    account: await newAccountId(open().accounts),
    door: 'facia' as const,
    url: 'https://hooks.example/a?b=c',
  });

  describe(`${name} keeps the promises of CallbackStore`, () => {
    it('gives a callback back as it was put, to its account alone', async () => {
      const callback = await newCallback();
      await callbacks().put(callback);
      expect(await callbacks().find(callback)).toEqual(callback);
      const other = await newAccountId(open().accounts);
      expect(await callbacks().find({ account: other, door: 'facia' })).toBeUndefined();
    });

    it('has one for each account and door: a later one takes the place of the earlier', async () => {
      const callback = await newCallback();
      const moved = { ...callback, url: 'https://other.example/' };
      await callbacks().put(callback);
      await callbacks().put(moved);
      expect(await callbacks().find(callback)).toEqual(moved);
    });

    it('removes one, once, and says what it was', async () => {
      const callback = await newCallback();
      await callbacks().put(callback);
      expect(await callbacks().remove(callback)).toEqual(callback);
      expect(await callbacks().find(callback)).toBeUndefined();
      expect(await callbacks().remove(callback)).toBeUndefined();
    });

    it('lists them', async () => {
      const callback = await newCallback();
      await callbacks().put(callback);
      const listed = (await callbacks().list()).filter(({ account }) => account === callback.account);
      expect(listed).toEqual([callback]);
    });
  });
}
