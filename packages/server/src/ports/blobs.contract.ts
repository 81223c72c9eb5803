import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Blobs } from './blobs.ts';

const collected = async (items: AsyncIterable<string>): Promise<string[]> => {
  const list: string[] = [];
  for await (const item of items) list.push(item);
  return list;
};
const tomorrow = () => new Date(Date.now() + 86_400_000);

/** The promises of the Blobs port. */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  describe(`${name} keeps the promises of Blobs`, () => {
    it('gives back what was put, under the digest of its content', async () => {
      const blobs = await open();
      for (const bytes of [new Uint8Array(), Uint8Array.of(0), randomBytes(300_000)]) {
        const id = await blobs.put(bytes);
        expect(id).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(Buffer.from((await blobs.get(id)) ?? [1]).equals(Buffer.from(bytes))).toBe(true);
      }
    });

    it('keeps the same content once, however many put it at once', async () => {
      const blobs = await open();
      const bytes = randomBytes(1000);
      const ids = await Promise.all(Array.from({ length: 20 }, () => blobs.put(bytes)));
      expect(new Set(ids).size).toBe(1);
      expect(await collected(blobs.putBefore(tomorrow()))).toEqual([ids[0]]);
    });

    it('has nothing after removal, and removes nothing without complaint', async () => {
      const blobs = await open();
      const id = await blobs.put(randomBytes(10));
      await blobs.remove(id);
      await blobs.remove(id);
      expect(await blobs.get(id)).toBeUndefined();
      expect(await collected(blobs.putBefore(tomorrow()))).toEqual([]);
    });

    it.each(['', '..', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\0`])(
      'knows nothing of %j',
      async (id) => {
        const blobs = await open();
        expect(await blobs.get(id)).toBeUndefined();
        await blobs.remove(id);
      },
    );

    it('names what was put before a moment', async () => {
      const blobs = await open();
      const ids = [await blobs.put(randomBytes(10)), await blobs.put(randomBytes(10))];
      expect((await collected(blobs.putBefore(tomorrow()))).toSorted()).toEqual(ids.toSorted());
      expect(await collected(blobs.putBefore(new Date(Date.now() - 60_000)))).toEqual([]);
    });
  });
}
