import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chown, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseStartError } from './database-start-error.ts';
import type { ServerUser } from './server-user.ts';

/** What the operating system can hold of a socket's path: 108 bytes on Linux, 104 on macOS, ending in a zero. */
const SOCKET_PATH_BYTES_MAX = process.platform === 'linux' ? 107 : 103;
/** Room for the longest name of a socket in the folder. */
const SOCKET_NAME_BYTES = 24;

/**
 * A private folder for sockets: inside `home` where that can hold any, else a short one among the system's temporary
 * files. Its path is kept in `home`, so that every process that comes to the same database looks in the same place.
 *
 * @param home  real path of the database's folder.
 */
export async function prepareSocketFolder(home: string, user: ServerUser | undefined): Promise<string> {
  const inside = join(home, 'socket');
  if (fits(inside) && (await makePrivate(inside, user)) && (await holdsSockets(inside))) return inside;
  const outside = await recorded(home);
  if (!(await makePrivate(outside, user))) {
    throw new DatabaseStartError(
      `The folder ${outside}, meant for the database's socket, belongs to somebody else. Remove it, ` +
        'or choose a shorter path with FACEGATE_DATA, so that the socket can be there.',
    );
  }
  return outside;
}

const fits = (folder: string): boolean =>
  Buffer.byteLength(folder) + 1 + SOCKET_NAME_BYTES <= SOCKET_PATH_BYTES_MAX;

async function recorded(home: string): Promise<string> {
  const record = join(home, 'socket-folder');
  const known = await readFile(record, 'utf8').catch(() => '');
  if (known !== '') return known;
  const name = `facegate-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const folder = [tmpdir(), '/tmp'].map((parent) => join(parent, name)).find(fits) ?? join('/tmp', name);
  const draft = `${record}.${process.pid}`;
  await writeFile(draft, folder);
  await rename(draft, record);
  return folder;
}

/** @returns false when somebody else was first and owns it, or could look into it. */
async function makePrivate(folder: string, user: ServerUser | undefined): Promise<boolean> {
  const owner = user?.uid ?? process.getuid?.() ?? 0;
  try {
    await mkdir(folder, { mode: 0o700 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.mode & 0o077) !== 0) return false;
  // Root that was stopped between making the folder and giving it away.
  if (user !== undefined && found.uid === process.getuid?.()) await chown(folder, user.uid, user.gid);
  else if (found.uid !== owner) return false;
  return true;
}

/** Some shared folders of virtual machines hold files but no sockets. */
async function holdsSockets(folder: string): Promise<boolean> {
  const server = createServer().listen(join(folder, `try-${process.pid}`));
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
