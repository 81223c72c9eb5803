import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { DataKey, SealContext } from '../../ports/keys.ts';
import { sealWith } from './seal.ts';
import { openContent, sealPieces } from './seal-pieces.ts';

const MIB = 1_048_576;
const HEAD = 48;
const SEALED_SEGMENT = MIB + 16;
const key = randomBytes(32) as unknown as DataKey;
const context: SealContext = { account: 'here' as AccountId, id: 'CASE/video', kind: 'case-medium' };

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
}

async function* inPieces(bytes: Uint8Array, length = 200_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const seal = (bytes: Uint8Array) => gathered(sealPieces(key, inPieces(bytes), context));
const contentOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, read: () => inPieces(bytes) });
const open = async (sealed: Uint8Array) => openContent(key, contentOf(sealed), context);
const read = async (sealed: Uint8Array) => gathered((await open(sealed)).read());
const refused = (sealed: Uint8Array) =>
  expect(read(sealed)).rejects.toMatchObject({ name: 'FaceError', code: 'internal' });

describe('content sealed in segments', () => {
  it.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 7])(
    'of %i bytes opens, of known size',
    async (size) => {
      const bytes = randomBytes(size);
      const sealed = await seal(bytes);
      const opened = await open(sealed);
      expect(opened.sizeBytes).toBe(size);
      expect((await gathered(opened.read())).equals(bytes)).toBe(true);
      expect((await gathered(opened.read())).equals(bytes)).toBe(true);
    },
  );

  it('does not open when it is cut anywhere, at the end of a segment too', async () => {
    const sealed = await seal(randomBytes(2 * MIB + 100));
    const borders = [HEAD + SEALED_SEGMENT, HEAD + 2 * SEALED_SEGMENT];
    for (const length of [0, 15, HEAD - 1, HEAD, HEAD + 15, HEAD + 16, 1000, ...borders, sealed.length - 1]) {
      await refused(sealed.subarray(0, length));
    }
    await refused(Buffer.concat([sealed, Buffer.alloc(1)]));
    await refused(Buffer.concat([sealed, sealed.subarray(HEAD)]));
  });

  it('does not open when segments are swapped, repeated or left out', async () => {
    const sealed = await seal(randomBytes(3 * MIB));
    const head = sealed.subarray(0, HEAD);
    const [a, b, c] = [0, 1, 2].map((i) =>
      sealed.subarray(HEAD + i * SEALED_SEGMENT).subarray(0, SEALED_SEGMENT),
    ) as [Buffer, Buffer, Buffer];
    expect((await read(Buffer.concat([head, a, b, c]))).length).toBe(3 * MIB);
    for (const order of [[b, a, c], [a, c, b], [a, a, b, c], [a, c], [b, c], [c], [a, b]]) {
      await refused(Buffer.concat([head, ...order]));
    }
  });

  it('does not open with a segment, or the head, of another content under the same key', async () => {
    const [one, other] = [await seal(randomBytes(2 * MIB)), await seal(randomBytes(2 * MIB))];
    const border = HEAD + SEALED_SEGMENT;
    await refused(Buffer.concat([one.subarray(0, border), other.subarray(border)]));
    await refused(Buffer.concat([other.subarray(0, HEAD), one.subarray(HEAD)]));
  });

  it('does not open with any byte of a small one changed, nor a byte of a large one in each part', async () => {
    const small = await seal(randomBytes(20));
    const large = await seal(randomBytes(MIB + 20));
    const changed = (sealed: Buffer, at: number) => {
      const copy = Buffer.from(sealed);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    for (let at = 0; at < small.length; at++) await refused(changed(small, at));
    for (const at of [0, 20, HEAD, HEAD + MIB - 1, HEAD + MIB, HEAD + SEALED_SEGMENT, large.length - 1]) {
      await refused(changed(large, at));
    }
  });

  it('does not open as anything else, nor with another key', async () => {
    const sealed = contentOf(await seal(Buffer.from('x')));
    const others = [
      { ...context, id: 'CASE/probe' },
      { ...context, kind: 'image' } as const,
      { ...context, account: 'elsewhere' as AccountId },
    ];
    for (const other of others) {
      const opened = await openContent(key, sealed, other);
      await expect(gathered(opened.read())).rejects.toMatchObject({ code: 'internal' });
    }
    const stranger = await openContent(randomBytes(32) as unknown as DataKey, sealed, context);
    await expect(gathered(stranger.read())).rejects.toMatchObject({ code: 'internal' });
  });

  it('shows nothing but what was sealed there, before the place where it was changed', async () => {
    const bytes = randomBytes(2 * MIB);
    const sealed = await seal(bytes);
    sealed[HEAD + SEALED_SEGMENT + 5] = (sealed[HEAD + SEALED_SEGMENT + 5] ?? 0) ^ 1;
    const shown: Uint8Array[] = [];
    const reading = async () => {
      for await (const piece of (await open(sealed)).read()) shown.push(piece);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'internal' });
    expect(Buffer.concat(shown).equals(bytes.subarray(0, MIB))).toBe(true);
  });

  it('stands beside content that was sealed whole', async () => {
    for (const size of [0, 5, 300_000]) {
      const bytes = randomBytes(size);
      const opened = await open(sealWith(key, bytes, { head: new Uint8Array(), context }));
      expect(opened.sizeBytes).toBe(size);
      expect((await gathered(opened.read())).equals(bytes)).toBe(true);
    }
  });
});
