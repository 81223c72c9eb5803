import { execFile } from 'node:child_process';
import { chown, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { DatabaseStartError } from './database-start-error.ts';
import { writeSecret } from './password.ts';

const DRAFT = 'unfinished-';

/** Every name and text is UTF-8, compared by code point, so that an upgrade of the system's locales changes nothing. */
const CHOICES = [
  ...['--username=facegate', '--auth=scram-sha-256', '--data-checksums', '--encoding=UTF8'],
  ...['--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8'],
  // One call for a thousand files.
  ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
];

/** @returns first number of the version that made the database in `data`; undefined when there is none. */
export async function versionOf(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes an empty database. It takes its place in one step when it is complete and on disk: what was cut short is
 * thrown away the next time.
 *
 * @throws DatabaseStartError
 * @cost   1 to 5 seconds.
 */
export async function initialise(cluster: Cluster): Promise<void> {
  const { home, data, password, user, say } = cluster;
  await removeUnfinished(home);
  say(`creating the database in ${home}`);
  const draft = await mkdtemp(join(home, DRAFT));
  const passwordFile = join(draft, 'password');
  await writeSecret(passwordFile, password);
  if (user !== undefined) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
  await runInitdb(cluster, [`--pgdata=${join(draft, 'data')}`, `--pwfile=${passwordFile}`]);
  await rename(join(draft, 'data'), data);
  await syncFolder(home);
  await rm(draft, { recursive: true, force: true });
}

/** A tool whose parent was killed may still be writing there; what it leaves goes the next time. */
async function removeUnfinished(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) {
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function runInitdb({ binaries, user, home }: Cluster, placement: readonly string[]): Promise<void> {
  const { initdb } = await binaries();
  try {
    await promisify(execFile)(initdb, [...placement, ...CHOICES], { ...user, ...plainSurroundings() });
  } catch (error) {
    throw new DatabaseStartError(
      `The database could not be created in ${home}. Is the disk full, or of a kind that PostgreSQL cannot use?`,
      { cause: error },
    );
  }
}

/** Neither the operator's locale nor a PG* variable changes what the programs do. */
export const plainSurroundings = (): { cwd?: string; env?: Record<string, string> } =>
  process.platform === 'win32' ? {} : { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };

/** A rename is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
