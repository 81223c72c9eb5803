import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseStartError } from './database-start-error.ts';

/** The database's password, kept in `home` for its owner alone. undefined: none was made yet. */
export async function readPassword(home: string): Promise<string | undefined> {
  try {
    return await readFile(passwordFile(home), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes one of 256 random bits; on disk before this returns, since a database may be made with it next. */
export async function createPassword(home: string): Promise<string> {
  const password = randomBytes(32).toString('base64url');
  await writeSecret(`${passwordFile(home)}.${process.pid}`, password);
  await rename(`${passwordFile(home)}.${process.pid}`, passwordFile(home));
  return password;
}

/** A file for its owner's eyes, on disk when this returns. */
export async function writeSecret(file: string, secret: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(secret);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const lostPassword = (home: string): DatabaseStartError =>
  new DatabaseStartError(
    `The database in ${home} is there, but not the password to it: ${passwordFile(home)} is missing or another's. ` +
      'Put that file back from the same backup as the database.',
  );

const passwordFile = (home: string): string => join(home, 'password');
