import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errors } from '../../domain/errors.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { fromFileError } from './file-errors.ts';

const NAME = /^[0-9a-f]{64}$/;
const DRAFT = /^\.draft-/;

/**
 * The Blobs port on a folder: `ab/cd/abcd…`, each file named by the SHA-256 of its content.
 *
 * A file is written under another name, brought to disk, and renamed; then its folder is brought to disk.
 */
export function createFileBlobs(place: string): Blobs {
  const folder = resolve(place);
  const syncFolders = createFolderSync(folder);
  return {
    put: (bytes) => translated(() => put(folder, bytes, syncFolders)),
    get: (id) => translated(() => get(folder, id)),
    remove: (id) =>
      translated(async () => {
        if (NAME.test(id)) await rm(pathOf(folder, id), { force: true });
      }),
    putBefore: (moment) => putBefore(folder, moment),
  };
}

const pathOf = (folder: string, id: string): string => join(folder, id.slice(0, 2), id.slice(2, 4), id);

async function put(folder: string, bytes: Uint8Array, syncFolders: SyncFolders): Promise<string> {
  const id = digestOf(bytes);
  const path = pathOf(folder, id);
  const parent = dirname(path);
  const created = await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = join(parent, `.draft-${randomUUID()}`);
  try {
    await withHandle(draft, 'wx', async (handle) => {
      await handle.writeFile(bytes);
      await handle.datasync();
    });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolders(parent, created);
  return id;
}

/** Brings the name of a file in `parent` to disk. @param firstCreated  the highest folder that was made for it. */
type SyncFolders = (parent: string, firstCreated: string | undefined) => Promise<void>;

/**
 * A name is on disk when its folder is; the name of a folder when the one above is. Whoever finds a folder cannot know
 * whether its maker has come that far, or died: so each process does it once for each folder it uses.
 */
function createFolderSync(root: string): SyncFolders {
  const onDisk = new Set<string>();
  return async (parent, firstCreated) => {
    // Windows knows no such thing.
    if (process.platform === 'win32') return;
    await syncFolder(parent);
    const madeRoot = firstCreated !== undefined && root.startsWith(firstCreated);
    const top = dirname(madeRoot ? firstCreated : root);
    const chain: string[] = [];
    for (let at = parent; !onDisk.has(at) && at !== top; at = dirname(at)) {
      await syncFolder(dirname(at));
      chain.push(at);
    }
    for (const path of chain) onDisk.add(path);
  };
}

const syncFolder = (path: string): Promise<void> => withHandle(path, 'r', (handle) => handle.sync());

async function get(folder: string, id: string): Promise<Uint8Array | undefined> {
  if (!NAME.test(id)) return undefined;
  const bytes = await readFile(pathOf(folder, id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes !== undefined && digestOf(bytes) !== id) {
    throw errors.internal(`the content of blob ${id} no longer fits its name`);
  }
  return bytes;
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
  const entries = await opendir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
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

async function withHandle<T>(
  path: string,
  flags: string,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const handle = await open(path, flags, 0o600);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fromFileError(error);
  }
}
