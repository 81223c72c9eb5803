import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RecipeSource } from '@facegate/engine';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure } from '../failure.ts';

/** Reads a pack's source files from a folder that holds them under their local names (`--from DIR`). */
export function folderSources(folder: string): (source: RecipeSource) => Promise<Uint8Array> {
  return async (source) => {
    const name = localNameOf(source);
    const path = join(folder, name);
    try {
      return await readFile(path);
    } catch (cause) {
      throw new CommandFailure(
        EXIT.modelPack,
        'source-missing',
        `${path} cannot be read. The folder must hold ${name} (${source.path} of ${source.origin}).`,
        { cause },
      );
    }
  };
}

/** The name a source file goes by outside its repository. */
export const localNameOf = (source: RecipeSource): string => source.localName ?? basename(source.path);
