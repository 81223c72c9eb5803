import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Scratch } from '../../ports/scratch.ts';
import { fromFileError } from './file-errors.ts';

/** The Scratch port on a folder, which is made when it is needed. */
export function createFileScratch(place: string): Scratch {
  const folder = resolve(place);
  return {
    withFile: async (bytes, work) => {
      const path = join(folder, randomUUID());
      try {
        await write(folder, path, bytes);
        return await work(path);
      } finally {
        // What cannot be removed now is swept later.
        await rm(path, { force: true }).catch(() => undefined);
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

async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw fromFileError(error);
  }
}
