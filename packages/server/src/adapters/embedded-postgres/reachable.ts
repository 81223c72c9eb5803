import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerUser } from './server-user.ts';

/**
 * The first folder, from `folder` upwards, that `user` may not walk through; undefined when the way is free.
 *
 * Reads permission bits only: an access list that grants more or less is not seen.
 */
export async function findBarrier(folder: string, user: ServerUser): Promise<string | undefined> {
  for (let here = await realpath(folder); ; here = dirname(here)) {
    if (!mayWalkThrough(await stat(here), user)) return here;
    if (here === dirname(here)) return undefined;
  }
}

function mayWalkThrough(folder: { uid: number; gid: number; mode: number }, user: ServerUser): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
