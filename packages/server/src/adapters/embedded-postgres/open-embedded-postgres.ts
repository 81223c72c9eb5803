/**
 * The PostgreSQL that comes with facegate: started, adopted, kept alive and stopped here. What is kept in it is
 * nobody's business in this folder.
 *
 * @module
 */
import { join, resolve } from 'node:path';
import process from 'node:process';
import { type Binaries, findBinaries } from './binaries.ts';
import { bringUp, connectionTo } from './bring-up.ts';
import type { Cluster } from './cluster.ts';
import { DatabaseStartError } from './database-start-error.ts';
import { loopbackEndpoint, socketEndpoint } from './endpoint.ts';
import { lockFolder } from './folder-lock.ts';
import { giveAway } from './give-away.ts';
import { initialise, versionOf } from './initialise.ts';
import { createPassword, lostPassword, readPassword } from './password.ts';
import { placeFolder } from './place-folder.ts';
import type { Connection } from './probe.ts';
import { chooseServerUser, type ServerUser } from './server-user.ts';
import { prepareSocketFolder } from './socket-folder.ts';
import { type DatabaseEvents, supervise } from './supervise.ts';

export interface EmbeddedPostgresOptions extends DatabaseEvents {
  /** Where the database lives, with its password, socket and log. Made when absent. */
  readonly folder: string;
  /** To the person who started the server: one line, without its end, for each step that takes time. */
  say(line: string): void;
}

export interface EmbeddedPostgres {
  /** Stays the same over restarts. */
  readonly connection: Connection;
  /** Stops the server, which cuts off its clients. Called once; takes up to 10 s where the server hangs. */
  close(): Promise<void>;
}

/**
 * Starts the bundled PostgreSQL on the database in `folder`, making an empty one first where there is none. A server
 * that outlived a killed facegate is taken over as it runs. Until `close`, a server that ends is started again.
 *
 * @throws DatabaseStartError
 * @cost   1 to 5 s the first time, 0.1 s later, 0.02 s for a server that runs already.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await open(options);
  } catch (error) {
    if (error instanceof DatabaseStartError || !isSystemError(error)) throw error;
    throw new DatabaseStartError(
      `The database's folder ${options.folder} cannot be used (${error.code}). ` +
        'Make it writable for this user, or choose another data folder with FACEGATE_DATA.',
      { cause: error },
    );
  }
}

async function open({ folder, say, ...events }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await chooseServerUser(join(folder, 'data'));
  const home = await placeFolder({ folder: resolve(folder), user, say });
  const sockets = await prepareSocketFolder(home, user);
  const lock = await lockFolder(sockets);
  try {
    const cluster = await prepareCluster({ home, sockets, user, say });
    const postmaster = await bringUp(cluster);
    // Wherever the server that was found listens, its successors will.
    const settled = { ...cluster, endpoint: postmaster.endpoint };
    const stop = supervise(settled, postmaster, events);
    return {
      connection: connectionTo(settled, postmaster.endpoint),
      close: () => stop().finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Site {
  readonly home: string;
  readonly sockets: string;
  readonly user: ServerUser | undefined;
  say(line: string): void;
}

async function prepareCluster({ home, sockets, user, say }: Site): Promise<Cluster> {
  let found: Promise<Binaries> | undefined;
  const binaries = (): Promise<Binaries> => {
    found ??= findBinaries({ home, user, say });
    return found;
  };
  const data = join(home, 'data');
  const version = await versionOf(data);
  const password = (await readPassword(home)) ?? (await firstPassword(home, version));
  const endpoint = process.platform === 'win32' ? await loopbackEndpoint() : socketEndpoint(sockets);
  const cluster = { home, data, log: join(home, 'server.log'), password, user, endpoint, binaries, say };
  if (version === undefined) await initialise(cluster);
  else if (user !== undefined) await giveAway(data, user);
  return cluster;
}

function firstPassword(home: string, version: string | undefined): Promise<string> {
  if (version !== undefined) throw lostPassword(home);
  return createPassword(home);
}

/** Errors of files and processes have a code in capitals. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;
