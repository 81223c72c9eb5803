import { readFile, stat } from 'node:fs/promises';
import process from 'node:process';

/** Who the server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** In this order; a name of our own keeps other services of the machine out of the files. */
const NAMES = ['facegate', 'postgres'] as const;
const NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root. Where this process is root, somebody lesser has to run it: whoever owns the
 * database already, else an account made for the purpose, else nobody.
 *
 * @returns undefined where this process is not root: then the server runs as the same user.
 */
export async function chooseServerUser(dataFolder: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await ownerOf(dataFolder)) ?? (await accountNamed(NAMES)) ?? NOBODY;
}

async function ownerOf(folder: string): Promise<ServerUser | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function accountNamed(names: readonly string[]): Promise<ServerUser | undefined> {
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of names) {
    const account = accounts.find(([accountName]) => accountName === name);
    const user = { uid: Number(account?.[2]), gid: Number(account?.[3]) };
    if (user.uid > 0 && user.gid > 0) return user;
  }
  return undefined;
}
