import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Replaces a file, or makes it, as a whole: whoever reads it sees the old content or the new. For the owner alone. */
export const replaceFile = (file: string, text: string): Promise<void> =>
  withDraft(file, text, (draft) => rename(draft, file));

/** Makes a file as a whole. @returns false when there is one; it is left as it is. */
export const createFile = (file: string, text: string): Promise<boolean> =>
  withDraft(file, text, async (draft) => {
    try {
      // Unlike a renaming this never replaces what somebody else has made meanwhile.
      await link(draft, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });

/** On disk when resolved: the draft before it is placed, its name and the folders above afterwards. */
async function withDraft<T>(file: string, text: string, place: (draft: string) => Promise<T>): Promise<T> {
  const folder = dirname(file);
  const firstCreated = await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeToDisk(draft, text);
    const placed = await place(draft);
    await syncFolders(folder, firstCreated === undefined ? folder : dirname(firstCreated));
    return placed;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeToDisk(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    // Whatever the process's mask: a looser one never opens it, a tighter one does not lock the owner out.
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolders(lowest: string, highest: string): Promise<void> {
  // Windows knows no such thing.
  if (process.platform === 'win32') return;
  for (let at = lowest; ; at = dirname(at)) {
    const handle = await open(at, 'r');
    await handle.sync().finally(() => handle.close());
    if (at === highest || at === dirname(at)) return;
  }
}
