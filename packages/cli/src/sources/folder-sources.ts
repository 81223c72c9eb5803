import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackSource } from '../engine-door.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure } from '../failure.ts';

/** Reads a pack's source files from a folder that holds them under their local names (`--from DIR`). */
export function folderSources(folder: string): (source: PackSource) => Promise<Uint8Array> {
  return async (source) => {
    const path = join(folder, source.name);
    try {
      return await readFile(path);
    } catch (cause) {
      throw new CommandFailure(
        EXIT.modelPack,
        'source-missing',
        `${path} cannot be read. The folder must hold ${source.name} (${source.origin}, ${source.path}).`,
        { cause },
      );
    }
  };
}
