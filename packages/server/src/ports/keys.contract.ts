import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { Keys, SealContext } from './keys.ts';

const gathered = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
};

const CONTENT = Uint8Array.from({ length: 512 }, (_, i) => i);

/** The promises of the Keys port. */
export function keysContract(name: string, open: () => Keys): void {
  const context = (rest: Partial<SealContext> = {}): SealContext => ({
    account: 'here' as AccountId,
    id: randomUUID(),
    kind: 'template',
    ...rest,
  });
  const refusal = { name: 'FaceError', code: 'internal', publicMessage: 'The server failed.' };
  const refused = (work: () => unknown) => {
    let thrown: unknown;
    try {
      work();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject(refusal);
  };

  describe(`${name} keeps the promises of Keys`, () => {
    it('opens what it sealed, of any length', () => {
      const keys = open();
      const key = keys.createDataKey();
      for (const content of [new Uint8Array(), Uint8Array.of(7), CONTENT]) {
        const here = context();
        expect(Uint8Array.from(keys.open(key, keys.seal(key, content, here), here))).toEqual(content);
      }
    });

    it('shows nothing of the content, and never the same twice', () => {
      const keys = open();
      const key = keys.createDataKey();
      const here = context();
      const [first, second] = [keys.seal(key, CONTENT, here), keys.seal(key, CONTENT, here)];
      expect(Buffer.from(first).includes(Buffer.from(CONTENT.subarray(0, 16)))).toBe(false);
      expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
      expect(keys.createDataKey()).not.toEqual(keys.createDataKey());
    });

    it('opens a data key again, and only as what it is', () => {
      const keys = open();
      const key = keys.createDataKey();
      const here = context({ kind: 'data-key' });
      const sealed = keys.sealDataKey(key, here);
      expect(Buffer.from(keys.openDataKey(sealed, here)).equals(Buffer.from(key))).toBe(true);
      expect(Buffer.from(sealed).includes(Buffer.from(key))).toBe(false);
      expect(keys.isSealedByCurrent(sealed)).toBe(true);
      expect(
        keys.isSealedByCurrent(Uint8Array.from(sealed, (byte, at) => (at === 0 ? byte ^ 1 : byte))),
      ).toBe(false);
      refused(() => keys.openDataKey(sealed, context({ kind: 'data-key' })));
      refused(() => keys.openDataKey(sealed, { ...here, kind: 'image' }));
    });

    it('opens in pieces what it sealed in pieces or whole, and only as what it is', async () => {
      const keys = open();
      const key = keys.createDataKey();
      const here = context({ kind: 'case-medium' });
      const inPieces = await gathered(
        keys.sealPieces(key, [CONTENT.subarray(0, 9), CONTENT.subarray(9)], here),
      );
      expect(inPieces.includes(Buffer.from(CONTENT.subarray(0, 16)))).toBe(false);
      for (const sealed of [inPieces, keys.seal(key, CONTENT, here)]) {
        const stored = { sizeBytes: sealed.length, read: () => Readable.from([sealed]) };
        const opened = await keys.openContent(key, stored, here);
        expect(opened.sizeBytes).toBe(CONTENT.length);
        expect(Uint8Array.from(await gathered(opened.read()))).toEqual(CONTENT);
        const elsewhere = async () => {
          const other = await keys.openContent(key, stored, context({ kind: 'case-medium' }));
          return gathered(other.read());
        };
        await expect(elsewhere()).rejects.toMatchObject(refusal);
        const cut = { sizeBytes: sealed.length - 1, read: () => Readable.from([sealed.subarray(1)]) };
        await expect(
          keys.openContent(key, cut, here).then(({ read }) => gathered(read())),
        ).rejects.toMatchObject(refusal);
      }
    });

    it('opens nothing in another place, under another key, or changed by a bit', () => {
      const keys = open();
      const key = keys.createDataKey();
      const here = context();
      const sealed = keys.seal(key, CONTENT, here);
      refused(() => keys.open(keys.createDataKey(), sealed, here));
      const otherPlaces: Partial<SealContext>[] = [
        { account: 'elsewhere' as AccountId },
        { id: randomUUID() },
        { kind: 'image' },
      ];
      for (const other of otherPlaces) refused(() => keys.open(key, sealed, { ...here, ...other }));
      for (let byte = 0; byte < sealed.length; byte++) {
        const changed = Uint8Array.from(sealed, (value, at) => (at === byte ? value ^ 1 : value));
        refused(() => keys.open(key, changed, here));
      }
      for (const length of [0, 1, 27, sealed.length - 1]) {
        refused(() => keys.open(key, sealed.subarray(0, length), here));
      }
    });
  });
}
