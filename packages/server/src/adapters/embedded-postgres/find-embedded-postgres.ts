import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectionTo } from './bring-up.ts';
import { readPassword } from './password.ts';
import { findPostmaster } from './postmaster.ts';
import { type Connection, probe } from './probe.ts';

/**
 * The server that another facegate runs on the database in `folder`. It is a client's view: nothing is started, claimed
 * or stopped, and the server may end at any time.
 *
 * @returns undefined when none answers.
 * @throws  DatabaseStartError when it runs in another container.
 */
export async function findEmbeddedPostgres(folder: string): Promise<Connection | undefined> {
  const home = await realpath(resolve(folder)).catch(() => undefined);
  const password = home === undefined ? undefined : await readPassword(home);
  if (home === undefined || password === undefined) return undefined;
  const postmaster = await findPostmaster({ data: join(home, 'data') });
  if (postmaster === undefined) return undefined;
  const connection = connectionTo({ password }, postmaster.endpoint);
  return (await probe(connection)) === 'ready' ? connection : undefined;
}
