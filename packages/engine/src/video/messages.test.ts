import { expect, it } from 'vitest';
import { type DecoderMessage, encodeMessage, readMessages } from './messages.ts';

const frame: DecoderMessage = { kind: 'frame', timestampSeconds: 0.5, width: 2, height: 1 };
const end: DecoderMessage = { kind: 'error', code: 'image-unreadable', message: 'Broken – hier.' };
const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
const bytes = Buffer.concat([...encodeMessage(frame, pixels), ...encodeMessage(end)]);

async function* inPieces(of: number, all: Uint8Array = bytes) {
  for (let at = 0; at < all.length; at += of) yield all.subarray(at, at + of);
}

async function read(pipe: AsyncIterable<Uint8Array>, pixelBytesMax = 100) {
  const found = [];
  for await (const received of readMessages(pipe, pixelBytesMax)) found.push(received);
  return found;
}

it.each([1, 7, 64, 10_000])('comes through a pipe in pieces of %i bytes as it went in', async (of) => {
  expect(await read(inPieces(of))).toEqual([
    { message: frame, pixels },
    { message: end, pixels: new Uint8Array(0) },
  ]);
});

it('gives nothing of a message that ends early', async () => {
  expect(await read(inPieces(8, bytes.subarray(0, 60)))).toEqual([]);
});

it('believes no length beyond its bound', async () => {
  await expect(read(inPieces(64), 5)).rejects.toThrow(RangeError);
  await expect(read(inPieces(64, Buffer.alloc(64, 0xff)))).rejects.toThrow(RangeError);
});

it('takes no other text for a message', async () => {
  const nonsense = Buffer.concat([Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0), Buffer.from('{,}')]);
  await expect(read(inPieces(64, nonsense))).rejects.toThrow(SyntaxError);
});
