import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseStartError } from './database-start-error.ts';

/** A claim on the database's folder. It ends with the process, however that ends. */
export interface FolderLock {
  release(): void;
}

const NAME = /^held-(\d+)-/;
const TRIES = 6;
const PAUSE_MS_MAX = 100;

/**
 * Claims the folder for this process. The claim is a socket that listens: one whose process died refuses connections,
 * and since its name is never used again, whoever finds it so may remove it. Each claimant listens first and looks
 * for others afterwards, so of two who come at once at least one sees the other and yields.
 *
 * @param folder  where sockets work and nobody else can write; see `prepareSocketFolder`.
 * @throws DatabaseStartError naming the process that holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  for (let attempt = 1; ; attempt++) {
    const name = `held-${process.pid}-${randomBytes(3).toString('hex')}`;
    const server = await listen(join(folder, name));
    const rival = await findRival(folder, name);
    if (rival === undefined) return { release: () => void server.close() };
    server.close();
    if (attempt === TRIES) throw inUse(rival);
    // By chance, so that two who yielded to each other do not do so again.
    await delay(PAUSE_MS_MAX * Math.random());
  }
}

export const inUse = (holder: string | number): DatabaseStartError =>
  new DatabaseStartError(
    `The database is in use by process ${holder}. Stop that facegate first, ` +
      'or give this one a folder of its own with FACEGATE_DATA.',
  );

async function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(path);
  await once(server, 'listening');
  return server.unref();
}

/** @returns the process id of a living claimant. */
async function findRival(folder: string, own: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const holder = NAME.exec(name)?.[1];
    if (holder === undefined || name === own) continue;
    if (await isListening(join(folder, name))) return holder;
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

async function isListening(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    // Any other refusal, as of a full queue, comes from somebody who is there.
    return !['ECONNREFUSED', 'ENOENT'].includes(String((error as NodeJS.ErrnoException).code));
  } finally {
    socket.destroy();
  }
}
