import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Brings the name of a file in `parent` to disk. @param firstCreated  the highest folder that was made for it. */
export type SyncFolders = (parent: string, firstCreated: string | undefined) => Promise<void>;

/**
 * A name is on disk when its folder is; the name of a folder when the one above is. Whoever finds a folder cannot know
 * whether its maker has come that far, or died: so each process does it once for each folder it uses.
 */
export function createFolderSync(root: string): SyncFolders {
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

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
