import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createFile, replaceFile } from './whole-file.ts';

export const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;

/** A master key with the name that its seals carry. */
export interface MasterKey {
  /** The first 8 bytes of the key's SHA-256, hexadecimal. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The master keys, the current one first; earlier ones still open what they sealed. */
export type KeyRing = readonly [MasterKey, ...MasterKey[]];

/** Why there is no master key, in the operator's words. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

const masterKey = (bytes: Uint8Array): MasterKey => ({
  id: createHash('sha256')
    .update(bytes)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES),
  bytes,
});

/** Master keys from outside the data folder, each base64 of 32 bytes. */
export interface GivenKeys {
  readonly current: string;
  /** The one that is to replace it: seals from now on, while the current one still opens what it sealed. */
  readonly next?: string | undefined;
}

/** The key ring in a file of base64 lines. Without one a key is made, and written before anything is sealed with it. */
export const openKeyRing = async (file: string): Promise<KeyRing> =>
  readKeyRing(file) ?? (await createKeyRing(file));

/** @throws KeyRingError */
export function givenKeyRing({ current, next }: GivenKeys): KeyRing {
  const currentKey = masterKey(decodeKey(current, 'The master key that was given'));
  if (next === undefined) return [currentKey];
  const nextKey = masterKey(decodeKey(next, 'The new master key that was given'));
  if (nextKey.id === currentKey.id)
    throw new KeyRingError('The new master key is the one in use. Make another.');
  return [nextKey, currentKey];
}

/** @returns undefined when there is no such file. @throws KeyRingError when it is open to others or broken. */
export function readKeyRing(file: string): KeyRing | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  refuseOpenFile(file);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [current, ...earlier] = lines.map((line) => masterKey(decodeKey(line.trim(), `A line of ${file}`)));
  if (current === undefined) throw new KeyRingError(`${file} holds no master key. Put back the right file.`);
  return [current, ...earlier];
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KeyRingError(`The master key in ${file} cannot be read (${code}).`, { cause: error });
  }
}

/** Replaces the file as a whole: whoever reads it sees the old ring or the new one. @throws KeyRingError */
export const writeKeyRing = (file: string, ring: KeyRing): Promise<void> =>
  inTheOperatorsWords(file, () => replaceFile(file, textOf(ring)));

export const newMasterKey = (): MasterKey => masterKey(randomBytes(KEY_BYTES));

/** Of several processes that start at once one makes the ring: the others take it. */
async function createKeyRing(file: string): Promise<KeyRing> {
  const ring: KeyRing = [newMasterKey()];
  if (await inTheOperatorsWords(file, () => createFile(file, textOf(ring)))) return ring;
  return readKeyRing(file) ?? createKeyRing(file);
}

const textOf = (ring: KeyRing): string =>
  ring.map(({ bytes }) => `${Buffer.from(bytes).toString('base64')}\n`).join('');

async function inTheOperatorsWords<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new KeyRingError(`The master key cannot be kept in ${file} (${code}).`, { cause: error });
  }
}

function refuseOpenFile(file: string): void {
  // Windows has no such bits.
  if (process.platform === 'win32') return;
  const { mode } = statSync(file);
  if ((mode & 0o077) !== 0) {
    throw new KeyRingError(`Others may read the master key in ${file}. Close it with: chmod 600 ${file}`);
  }
}

function decodeKey(text: string, what: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text) {
    throw new KeyRingError(`${what} is not the base64 of ${KEY_BYTES} bytes.`);
  }
  return bytes;
}
