import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readlink, realpath, rm, rmdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseStartError } from './database-start-error.ts';
import { findBarrier } from './reachable.ts';
import type { ServerUser } from './server-user.ts';

/** Where a database goes whose own place the server's user cannot reach. */
const ELSEWHERE = '/var/lib/facegate';
/** Walk through, do not list: what is inside is closed to others by its own permissions. */
const PASSAGE = 0o711;

interface Placement {
  readonly folder: string;
  readonly user: ServerUser | undefined;
  say(line: string): void;
}

/**
 * Makes the folder, in a place that the server's user can reach. Where a folder above bars the way, as root's home
 * does, the database goes under /var/lib/facegate and `folder` becomes a link to it.
 *
 * @returns the real path.
 * @throws  DatabaseStartError when no place can be had.
 */
export async function placeFolder({ folder, user, say }: Placement): Promise<string> {
  await refuseDanglingLink(folder);
  if (user === undefined) return makePlain(folder);
  const barrier = await makePassage(folder, user);
  if (barrier === undefined) return realpath(folder);
  const target = await linkElsewhere(folder, barrier, user);
  say(`${barrier} is closed to the database's user (uid ${user.uid}); the database goes to ${target}`);
  return target;
}

/** Looks made while somebody else puts a link in the folder's place. */
const LOOKS_MAX = 10;

/** Makes the folder. @returns the first one on the way to it that bars `user`; undefined when the way is free. */
async function makePassage(folder: string, user: ServerUser): Promise<string | undefined> {
  for (let look = 1; ; look++) {
    try {
      await mkdir(folder, { recursive: true, mode: PASSAGE });
      await chmod(folder, PASSAGE);
      return await findBarrier(folder, user);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || look >= LOOKS_MAX) throw error;
    }
  }
}

async function makePlain(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return realpath(folder);
}

/** A link whose target went must not silently give way to an empty database. */
async function refuseDanglingLink(folder: string): Promise<void> {
  const target = await readlink(folder).catch(() => undefined);
  if (target === undefined || (await realpath(folder).catch(() => undefined)) !== undefined) return;
  throw new DatabaseStartError(
    `The database's folder ${folder} is a link to ${target}, which is not there. ` +
      'Bring that folder back, or delete the link to begin with an empty database.',
  );
}

async function linkElsewhere(folder: string, barrier: string, user: ServerUser): Promise<string> {
  try {
    await mkdir(ELSEWHERE, { recursive: true, mode: PASSAGE });
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 8);
    return await putLink(folder, await makeTarget(name, user));
  } catch (error) {
    throw new DatabaseStartError(
      `The database's user (uid ${user.uid}) cannot reach ${folder}: ${barrier} is closed to it. ` +
        `Start facegate as an ordinary user, choose another place with FACEGATE_DATA, or run "chmod o+x ${barrier}".`,
      { cause: error },
    );
  }
}

/** Leaves nothing where the server's user cannot reach that either. */
async function makeTarget(name: string, user: ServerUser): Promise<string> {
  const target = await mkdtemp(join(ELSEWHERE, `${name}-`));
  await chmod(target, PASSAGE);
  const stillBarred = await findBarrier(target, user);
  if (stillBarred === undefined) return target;
  await rmdir(target);
  throw new Error(`${stillBarred} is closed to uid ${user.uid} as well`);
}

/** @returns what the link leads to: of those who put one at once, the first one's stands. */
async function putLink(folder: string, target: string): Promise<string> {
  let standing: string | undefined;
  try {
    for (let look = 1; standing === undefined; look++) {
      standing = await tryLink(folder, target, look >= LOOKS_MAX);
    }
    return standing;
  } finally {
    if (standing !== target) await rm(target, { recursive: true, force: true });
  }
}

/** @returns undefined when somebody who comes at the same moment has just made the plain folder again. */
async function tryLink(folder: string, target: string, isLast: boolean): Promise<string | undefined> {
  await vacate(folder);
  try {
    await symlink(target, folder);
    return target;
  } catch (error) {
    const found = await realpath(folder).catch(() => undefined);
    if (found !== undefined && dirname(found) === ELSEWHERE) return found;
    if (isLast) throw error;
    return undefined;
  }
}

/** Only an empty folder gives way. */
async function vacate(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  });
}
