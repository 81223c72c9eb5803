import { expect, it } from 'vitest';
import { byteRangeOf, withinRange } from './byte-range.ts';

it.each([
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=0-', { first: 0, last: 99 }],
  ['bytes=10-19', { first: 10, last: 19 }],
  ['bytes=90-1000', { first: 90, last: 99 }],
  ['bytes=-5', { first: 95, last: 99 }],
  ['bytes=-500', { first: 0, last: 99 }],
])('%s of 100 bytes is one range', (header, range) => {
  expect(byteRangeOf(header, 100)).toEqual(range);
});

it.each([
  undefined,
  '',
  'bytes=',
  'bytes=-',
  'bytes=-0',
  'bytes=100-',
  'bytes=5-4',
  'bytes=0-1,4-5',
  'bytes=a-b',
  'items=0-1',
  'bytes= 0-1',
  `bytes=${'9'.repeat(16)}-`,
])('%j is ignored', (header) => {
  expect(byteRangeOf(header, 100)).toBeUndefined();
});

it('no range is one of nothing', () => {
  expect(byteRangeOf('bytes=0-', 0)).toBeUndefined();
  expect(byteRangeOf('bytes=-5', 0)).toBeUndefined();
});

it('gives the bytes of every range however they are cut, and reads no further', async () => {
  const bytes = Buffer.from(Array.from({ length: 30 }, (_, i) => i));
  for (const length of [1, 4, 7, 30]) {
    for (let first = 0; first < 30; first++) {
      for (let last = first; last < 30; last++) {
        let readBytes = 0;
        const pieces = async function* () {
          for (let at = 0; at < 30; at += length) {
            readBytes = Math.min(30, at + length);
            yield bytes.subarray(at, at + length);
          }
        };
        const given: Uint8Array[] = [];
        for await (const piece of withinRange(pieces(), { first, last })) given.push(piece);
        expect(Buffer.concat(given)).toEqual(bytes.subarray(first, last + 1));
        expect(readBytes).toBeLessThan(last + 1 + length);
      }
    }
  }
});
