import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errors } from '../../domain/errors.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Content, Pieces } from '../../ports/content.ts';
import { fromFileError } from './file-errors.ts';
import { createFolderSync, type SyncFolders } from './folder-sync.ts';

const NAME = /^[0-9a-f]{64}$/;
const DRAFT = /^\.draft-/;
const READ_BYTES = 262_144;

/**
 * The Blobs port on a folder: `ab/cd/abcd…`, each file named by the SHA-256 of its content.
 *
 * A file is written under another name, brought to disk, and renamed; then its folder is brought to disk.
 */
export function createFileBlobs(place: string): Blobs {
  const folder = resolve(place);
  const syncFolders = createFolderSync(folder);
  return {
    put: (bytes) => translated(() => put(folder, [bytes], syncFolders)),
    putPieces: (content) => translated(() => put(folder, content, syncFolders)),
    get: (id) => translated(() => get(folder, id)),
    open: (id) => translated(() => openBlob(folder, id)),
    remove: (id) =>
      translated(async () => {
        if (NAME.test(id)) await rm(pathOf(folder, id), { force: true });
      }),
    putBefore: (moment) => putBefore(folder, moment),
  };
}

const pathOf = (folder: string, id: string): string => join(folder, id.slice(0, 2), id.slice(2, 4), id);

async function put(folder: string, content: Pieces, syncFolders: SyncFolders): Promise<string> {
  const madeRoot = await makeFolder(folder);
  const draft = join(folder, `.draft-${randomUUID()}`);
  try {
    const id = await writeDraft(draft, content);
    const path = pathOf(folder, id);
    const madeParent = await makeFolder(dirname(path));
    await rename(draft, path);
    await syncFolders(dirname(path), madeRoot ?? madeParent);
    return id;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** @returns the highest folder that had to be made. */
const makeFolder = (path: string): Promise<string | undefined> =>
  mkdir(path, { recursive: true, mode: 0o700 });

/** On disk when resolved. @returns the digest of what was written. */
async function writeDraft(path: string, content: Pieces): Promise<string> {
  const digest = createHash('sha256');
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of content) {
      digest.update(piece);
      await handle.writeFile(piece);
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return digest.digest('hex');
}

async function get(folder: string, id: string): Promise<Uint8Array | undefined> {
  if (!NAME.test(id)) return undefined;
  const bytes = await readFile(pathOf(folder, id)).catch(undefinedWhereNone);
  if (bytes !== undefined && digestOf(bytes) !== id) throw changed(id);
  return bytes;
}

async function openBlob(folder: string, id: string): Promise<Content | undefined> {
  if (!NAME.test(id)) return undefined;
  const path = pathOf(folder, id);
  const found = await stat(path).catch(undefinedWhereNone);
  return found && { sizeBytes: found.size, read: () => readVerified(path, id) };
}

async function* readVerified(path: string, id: string): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES })) {
      digest.update(piece);
      yield piece;
    }
  } catch (error) {
    throw fromFileError(error);
  }
  if (digest.digest('hex') !== id) throw changed(id);
}

const changed = (id: string) => errors.internal(`the content of blob ${id} no longer fits its name`);

function undefinedWhereNone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

async function* putBefore(folder: string, moment: Date): AsyncIterable<string> {
  try {
    yield* namesBefore(folder, moment);
  } catch (error) {
    throw fromFileError(error);
  }
}

/** Drafts of that time belong to processes that died. */
async function* namesBefore(folder: string, moment: Date): AsyncIterable<string> {
  const entries = await opendir(folder, { recursive: true }).catch(undefinedWhereNone);
  if (entries === undefined) return;
  for await (const entry of entries) {
    const isDraft = DRAFT.test(entry.name);
    if (!entry.isFile() || !(isDraft || NAME.test(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.mtime >= moment) continue;
    if (isDraft) await rm(path, { force: true });
    else yield entry.name;
  }
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fromFileError(error);
  }
}
