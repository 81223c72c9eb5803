import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Records } from './records.ts';
import type { ServiceKeys } from './service-keys.ts';

const newName = () => `key ${randomUUID()}`;
const newKey = () => Uint8Array.from(Buffer.from(randomUUID()));

/** The promises of the ServiceKeys port. Everything may lie in one store. */
export function serviceKeysContract(
  name: string,
  open: () => { readonly serviceKeys: ServiceKeys; readonly records: Records },
): void {
  const serviceKeys = () => open().serviceKeys;

  describe(`${name} keeps the promises of ServiceKeys`, () => {
    it('keeps the first key of a name, and gives it to all who come at once', async () => {
      const key = newName();
      expect(await serviceKeys().read(key)).toBeUndefined();
      const kept = await Promise.all(Array.from({ length: 8 }, () => serviceKeys().keep(key, newKey())));
      expect(new Set(kept.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
      expect([...((await serviceKeys().read(key)) ?? [])]).toEqual([...(kept[0] ?? [])]);
    });

    it('lists all by name', async () => {
      const names = [newName(), newName(), newName()];
      for (const key of names) await serviceKeys().keep(key, newKey());
      const listed = (await serviceKeys().all()).map((key) => key.name);
      expect(listed.filter((key) => names.includes(key))).toEqual(names.toSorted());
      expect(listed).toEqual(listed.toSorted());
    });

    it('replaces those that are still the ones meant', async () => {
      const [first, second] = [newName(), newName()];
      const [before, other, after] = [newKey(), newKey(), newKey()];
      await serviceKeys().keep(first, before);
      await serviceKeys().keep(second, other);
      const changes = [first, second, newName()].map((key) => ({ name: key, before, after }));
      expect(await serviceKeys().replace(changes)).toBe(1);
      expect([...((await serviceKeys().read(first)) ?? [])]).toEqual([...after]);
      expect([...((await serviceKeys().read(second)) ?? [])]).toEqual([...other]);
      expect(await serviceKeys().replace([])).toBe(0);
    });

    it('keeps none that a retired master key sealed', async () => {
      const key = newName();
      const master = newKey().subarray(0, 8);
      await open().records.transaction((transaction) => transaction.retireMasterKeys([master]));
      const sealed = Uint8Array.of(...master, 1, 2, 3);
      await expect(serviceKeys().keep(key, sealed)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await serviceKeys().read(key)).toBeUndefined();
    });
  });
}
