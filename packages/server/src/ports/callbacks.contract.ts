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
    sealedSecret: Uint8Array.of(1, 2, 3),
  });

  describe(`${name} keeps the promises of CallbackStore`, () => {
    it('gives a callback back as it was put, to its account alone', async () => {
      const callback = await newCallback();
      await callbacks().put(callback);
      const found = await callbacks().find(callback);
      expect({ ...found, sealedSecret: Uint8Array.from(found?.sealedSecret ?? []) }).toEqual(callback);
      const other = await newAccountId(open().accounts);
      expect(await callbacks().find({ account: other, door: 'facia' })).toBeUndefined();
    });

    it('changes the URL and keeps the secret, or changes both', async () => {
      const { sealedSecret, ...address } = await newCallback();
      await callbacks().put({ ...address, sealedSecret });
      await callbacks().put({ ...address, url: 'https://other.example/' });
      const moved = await callbacks().find(address);
      expect([moved?.url, ...(moved?.sealedSecret ?? [])]).toEqual(['https://other.example/', 1, 2, 3]);
      await callbacks().put({ ...address, sealedSecret: Uint8Array.of(9) });
      const resealed = await callbacks().find(address);
      expect([resealed?.url, ...(resealed?.sealedSecret ?? [])]).toEqual([address.url, 9]);
    });

    it('keeps no callback without a secret', async () => {
      const { sealedSecret: _, ...address } = await newCallback();
      await expect(callbacks().put(address)).rejects.toMatchObject({ code: 'internal' });
      expect(await callbacks().find(address)).toBeUndefined();
    });

    it('removes one, once, and says what it was', async () => {
      const { sealedSecret, ...address } = await newCallback();
      await callbacks().put({ ...address, sealedSecret });
      expect(await callbacks().remove(address)).toEqual(address);
      expect(await callbacks().find(address)).toBeUndefined();
      expect(await callbacks().remove(address)).toBeUndefined();
    });

    it('lists them without anything secret', async () => {
      const { sealedSecret, ...address } = await newCallback();
      await callbacks().put({ ...address, sealedSecret });
      const listed = (await callbacks().list()).filter(({ account }) => account === address.account);
      expect(listed).toEqual([address]);
    });
  });
}
