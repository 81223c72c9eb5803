import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { errors } from '../domain/errors.ts';
import type { Blobs } from './blobs.ts';

const collected = async (items: AsyncIterable<string>): Promise<string[]> => {
  const list: string[] = [];
  for await (const item of items) list.push(item);
  return list;
};
const gathered = async (pieces: AsyncIterable<Uint8Array> = Readable.from([])): Promise<Buffer> => {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
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

    it('takes content in pieces for the same as content that is whole, and gives it in pieces', async () => {
      const blobs = await open();
      const bytes = randomBytes(700_001);
      const pieces = [
        bytes.subarray(0, 1),
        new Uint8Array(),
        bytes.subarray(1, 600_000),
        bytes.subarray(600_000),
      ];
      const id = await blobs.putPieces(pieces);
      expect(id).toBe(await blobs.put(bytes));
      const content = await blobs.open(id);
      expect(content?.sizeBytes).toBe(bytes.length);
      for (let i = 0; i < 2; i++) expect(await gathered(content?.read())).toEqual(bytes);
      const empty = await blobs.open(await blobs.putPieces([]));
      expect([empty?.sizeBytes, await gathered(empty?.read())]).toEqual([0, Buffer.alloc(0)]);
    });

    it('keeps nothing of content that breaks off', async () => {
      const blobs = await open();
      const cause = errors.internal('of the content');
      const breaking = async function* () {
        yield randomBytes(100_000);
        throw cause;
      };
      await expect(blobs.putPieces(breaking())).rejects.toBe(cause);
      expect(await collected(blobs.putBefore(tomorrow()))).toEqual([]);
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
      expect(await blobs.open(id)).toBeUndefined();
      expect(await collected(blobs.putBefore(tomorrow()))).toEqual([]);
    });

    it.each(['', '..', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\0`])(
      'knows nothing of %j',
      async (id) => {
        const blobs = await open();
        expect(await blobs.get(id)).toBeUndefined();
        expect(await blobs.open(id)).toBeUndefined();
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
