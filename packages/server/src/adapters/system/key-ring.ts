import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
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
class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

const masterKey = (bytes: Uint8Array): MasterKey => ({
  id: createHash('sha256')
    .update(bytes)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES),
  bytes,
});

/**
 * The key ring in a file of base64 lines, or one made of a key that was given. Without either a key is made, and
 * written to the file before anything is sealed with it.
 *
 * @param given base64 of 32 bytes; then no file is read or written.
 * @throws KeyRingError
 */
export async function openKeyRing(file: string, given?: string): Promise<KeyRing> {
  if (given !== undefined) return [masterKey(decodeKey(given, 'The master key that was given'))];
  return (await readKeyRing(file)) ?? (await createKeyRing(file));
}

/** @returns undefined when there is no such file. @throws KeyRingError when it is open to others or broken. */
export async function readKeyRing(file: string): Promise<KeyRing | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KeyRingError(`The master key in ${file} cannot be read (${error.code}).`, { cause: error });
  });
  if (text === undefined) return undefined;
  await refuseOpenFile(file);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [current, ...earlier] = lines.map((line) => masterKey(decodeKey(line.trim(), `A line of ${file}`)));
  if (current === undefined) throw new KeyRingError(`${file} holds no master key. Put back the right file.`);
  return [current, ...earlier];
}

/** Replaces the file as a whole: whoever reads it sees the old ring or the new one. @throws KeyRingError */
export const writeKeyRing = (file: string, ring: KeyRing): Promise<void> =>
  inTheOperatorsWords(file, () => replaceFile(file, textOf(ring)));

export const newMasterKey = (): MasterKey => masterKey(randomBytes(KEY_BYTES));

/** Of several processes that start at once one makes the ring: the others take it. */
async function createKeyRing(file: string): Promise<KeyRing> {
  const ring: KeyRing = [newMasterKey()];
  if (await inTheOperatorsWords(file, () => createFile(file, textOf(ring)))) return ring;
  return (await readKeyRing(file)) ?? createKeyRing(file);
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

async function refuseOpenFile(file: string): Promise<void> {
  // Windows has no such bits.
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
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
