import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Pieces } from '../ports/content.ts';
import { limitUploads, type Uploads } from './uploads.ts';

/** Keeps nothing, but takes all of it. */
const nowhere: Uploads = {
  keep: async (content: Pieces) => {
    let sizeBytes = 0;
    for await (const { length } of content) sizeBytes += length;
    return {
      path: '',
      sizeBytes,
      head: new Uint8Array(),
      read: () => Readable.from([]),
      remove: async () => {},
    };
  },
};

const bytes = (length: number): Pieces => [new Uint8Array(length / 2), new Uint8Array(length / 2)];

it('refuses the file that does not fit beside the others, and takes it once one is removed', async () => {
  const uploads = limitUploads(nowhere, 100);
  const first = await uploads.keep(bytes(60));
  await expect(uploads.keep(bytes(60))).rejects.toMatchObject({ code: 'overloaded' });
  const small = await uploads.keep(bytes(40));
  await small.remove();
  await first.remove();
  await first.remove();
  expect((await uploads.keep(bytes(60))).sizeBytes).toBe(60);
  await expect(uploads.keep(bytes(60))).rejects.toMatchObject({ code: 'overloaded' });
});

it('lets a file above the bound in when it is alone', async () => {
  const uploads = limitUploads(nowhere, 100);
  const file = await uploads.keep(bytes(500));
  await expect(uploads.keep(bytes(2))).rejects.toMatchObject({ code: 'overloaded' });
  await file.remove();
  await uploads.keep(bytes(100));
});

it('forgets the bytes of a file that did not arrive', async () => {
  const uploads = limitUploads(nowhere, 100);
  const breaking = async function* () {
    yield new Uint8Array(90);
    throw new Error('cut off');
  };
  await expect(uploads.keep(breaking())).rejects.toThrow('cut off');
  const other = await uploads.keep(bytes(10));
  await uploads.keep(bytes(90));
  await other.remove();
});
