import { errors } from '../domain/errors.ts';
import type { Pieces } from '../ports/content.ts';
import type { Scratch } from '../ports/scratch.ts';

/** Files of forms that are too large to wait in memory. Whoever keeps one removes it. */
export type Uploads = Pick<Scratch, 'keep'>;

/**
 * Files on disk, all of them together kept below a bound of their own; one alone is always let in. Bytes count from when
 * they arrive until their file is removed.
 *
 * @throws FaceError `overloaded` from `keep`, for the file whose bytes would exceed the bound.
 */
export function limitUploads(scratch: Uploads, bytesMax: number): Uploads {
  let onDisk = 0;
  return {
    keep: async (content) => {
      let own = 0;
      const release = () => {
        onDisk -= own;
        own = 0;
      };
      const counted = counting(content, (bytes) => {
        if (onDisk > own && onDisk + bytes > bytesMax) throw errors.overloaded();
        own += bytes;
        onDisk += bytes;
      });
      try {
        const file = await scratch.keep(counted);
        return { ...file, remove: () => file.remove().finally(release) };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** @param count  told the length of each piece before it is passed on. */
async function* counting(content: Pieces, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    count(piece.length);
    yield piece;
  }
}
