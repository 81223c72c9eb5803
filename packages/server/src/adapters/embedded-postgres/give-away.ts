import { chown, lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerUser } from './server-user.ts';

/**
 * Makes the server's user the owner of a database that belongs to root, as one does that root brought back from a
 * backup. Where somebody else owns it, that is who the server runs as, and nothing is to be done.
 */
export async function giveAway(data: string, user: ServerUser): Promise<void> {
  if ((await stat(data)).uid !== 0) return;
  const entries = await readdir(data, { withFileTypes: true, recursive: true });
  for (const entry of entries) await lchown(join(entry.parentPath, entry.name), user.uid, user.gid);
  // Last, so that one cut short is done again.
  await chown(data, user.uid, user.gid);
}
