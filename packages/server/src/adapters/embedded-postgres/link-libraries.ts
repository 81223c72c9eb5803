import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

interface LibraryLink {
  /** Both from the root of the package. */
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links among the libraries that a package cannot carry and its install script would make: without them
 * the server does not start, or takes the system's library of the same name.
 *
 * @param home  root of the package or of a copy of it, holding `native/`.
 */
export async function linkLibraries(home: string): Promise<void> {
  const links: LibraryLink[] = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    try {
      await symlink(relative(dirname(target), source), join(home, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
