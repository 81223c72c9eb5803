import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Pieces } from '../../ports/content.ts';
import type { Scratch, ScratchFile } from '../../ports/scratch.ts';
import { fromFileError } from './file-errors.ts';

const HEAD_BYTES = 64;
const READ_BYTES = 262_144;

/** The Scratch port on a folder, which is made when it is needed. */
export function createFileScratch(place: string): Scratch {
  const folder = resolve(place);
  const keep: Scratch['keep'] = async (content) => {
    const path = join(folder, randomUUID());
    // What cannot be removed now is swept later.
    const remove = () => rm(path, { force: true }).catch(() => undefined);
    try {
      return { path, ...(await write(folder, path, content)), read: () => read(path), remove };
    } catch (error) {
      await remove();
      throw error;
    }
  };
  return {
    keep,
    withFile: async (content, work) => {
      const file = await keep(content);
      try {
        return await work(file.path);
      } finally {
        await file.remove();
      }
    },

    sweep: async (before) => {
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        const found = await stat(path).catch(() => undefined);
        if (found !== undefined && found.mtime < before) await rm(path, { force: true });
      }
    },
  };
}

async function write(
  folder: string,
  path: string,
  content: Pieces,
): Promise<Pick<ScratchFile, 'sizeBytes' | 'head'>> {
  await onDisk(mkdir(folder, { recursive: true, mode: 0o700 }));
  const handle = await onDisk(open(path, 'wx', 0o600));
  try {
    let sizeBytes = 0;
    let head: Uint8Array = new Uint8Array();
    for await (const piece of content) {
      await onDisk(handle.writeFile(piece));
      sizeBytes += piece.length;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES);
    }
    return { sizeBytes, head: Uint8Array.from(head) };
  } finally {
    await handle.close();
  }
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES });
  } catch (error) {
    throw fromFileError(error);
  }
}

/** What the content itself throws is nobody's disk. */
const onDisk = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw fromFileError(error);
  });
