import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT } from './exit-codes.ts';
import { CommandFailure } from './failure.ts';
import type { Outside } from './outside.ts';

/** The bytes of a picture named on the command line. @throws CommandFailure `file-unreadable`, exit code 3. */
export async function readPicture(
  outside: Pick<Outside, 'currentFolder'>,
  path: string,
): Promise<Uint8Array> {
  try {
    return await readFile(resolve(outside.currentFolder, path));
  } catch (cause) {
    throw new CommandFailure(EXIT.unreadableInput, 'file-unreadable', `${path}: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'no such file.';
  if (code === 'EISDIR') return 'a folder, not a picture.';
  if (code === 'EACCES') return 'may not be read.';
  return cause instanceof Error ? cause.message : String(cause);
}
