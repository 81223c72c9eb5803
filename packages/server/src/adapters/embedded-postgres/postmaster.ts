import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { accepts, type Endpoint, listenSettings } from './endpoint.ts';
import { inUse } from './folder-lock.ts';
import { plainSurroundings } from './initialise.ts';
import { readPidFile, worksIn } from './pid-file.ts';
import { markLog, readTail } from './server-log.ts';

/** PostgreSQL's first process. The others end with it. */
export interface Postmaster {
  readonly pid: number;
  readonly endpoint: Endpoint;
  /** Settles when it has ended, however. */
  readonly ended: Promise<void>;
  /** What it said since it was started; empty for one that was found running. */
  lastWords(): Promise<string>;
}

const POLL_MS = 100;

/** A fast shutdown, then an immediate one, from which the next start recovers. */
const STOPPING = [
  ['SIGINT', 8000],
  ['SIGQUIT', 2000],
] as const;

/** Acknowledged means on disk; the rest fits a small database beside models that need the memory. */
const SETTINGS = [
  ...['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'],
  ...['max_connections=50', 'shared_buffers=128MB', 'min_wal_size=80MB', 'max_wal_size=512MB'],
  // After a crash all files go to disk: one call for all instead of a thousand, which took ten times as long on a
  // busy disk. Only Linux has it.
  ...(process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : []),
  // The details of an error hold the values that caused it.
  ...['log_error_verbosity=terse', 'logging_collector=off', 'log_timezone=UTC', 'timezone=UTC'],
];

/**
 * @returns the server that runs on the cluster's files already; undefined when none does.
 * @throws  DatabaseStartError when one answers whose process cannot be seen: it runs in another container.
 */
export async function findPostmaster({ data }: Pick<Cluster, 'data'>): Promise<Postmaster | undefined> {
  const found = await readPidFile(data);
  if (found === undefined) return undefined;
  const [isOurs, isListening] = await Promise.all([worksIn(data, found.pid), accepts(found.endpoint)]);
  if (isOurs && (isListening || process.platform === 'linux')) {
    return { ...found, ended: watch(data, found.pid), lastWords: async () => '' };
  }
  if (isListening && isAbsolute(found.endpoint.host)) throw inUse(`${found.pid} of another container`);
  return undefined;
}

/** A process that is not a child of ours says nothing when it ends. */
async function watch(data: string, pid: number): Promise<void> {
  while (await worksIn(data, pid)) await delay(POLL_MS, undefined, { ref: false });
}

/**
 * Starts a server, in a session of its own: a Ctrl-C meant for facegate must not cut off what it is still answering.
 * It answers some time later.
 */
export async function startPostmaster(cluster: Cluster): Promise<Postmaster> {
  const { data, endpoint, user, log } = cluster;
  const { postgres } = await cluster.binaries();
  const mark = await markLog(log);
  const output = await open(log, 'a', 0o600);
  try {
    const settings = [...listenSettings(endpoint), ...SETTINGS].flatMap((setting) => ['-c', setting]);
    const child = spawn(postgres, ['-D', data, ...settings], {
      ...plainSurroundings(),
      ...user,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await once(child, 'spawn');
    child.unref();
    return { pid: child.pid as number, endpoint, ended, lastWords: () => readTail(log, mark) };
  } finally {
    await output.close();
  }
}

/** Ends the server in order, cutting off its clients; what does not end in time ends without order, losing nothing. */
export async function stopPostmaster({ data, binaries }: Cluster, { pid, ended }: Postmaster): Promise<void> {
  // Only a signal from PostgreSQL's own tool reaches it there.
  if (process.platform === 'win32') {
    await promisify(execFile)((await binaries()).pgCtl, ['stop', '-D', data, '-m', 'fast']);
    return;
  }
  for (const [signal, patienceMs] of STOPPING) {
    if (!(await worksIn(data, pid)) || !signalled(pid, signal)) return;
    if (await endsWithin(patienceMs, ended)) return;
  }
}

/** @returns false when the process has ended meanwhile. */
function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function endsWithin(patienceMs: number, ended: Promise<void>): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(patienceMs, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([ended.then(() => true), late]);
  } finally {
    timer.abort();
  }
}
