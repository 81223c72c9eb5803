import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { DatabaseStartError } from './database-start-error.ts';
import type { Endpoint } from './endpoint.ts';
import { versionOf } from './initialise.ts';
import { lostPassword } from './password.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { type Connection, createDatabase, probe } from './probe.ts';
import { passStalePids } from './stale-pid.ts';

/** What dying servers leave behind holds up the next one for a second or two. */
const RETRY_MS = 10_000;
const RETRY_PAUSE_MS = 250;
const PROBE_PAUSE_MS = 15;
const PATIENCE_MS = 10_000;

/** A server that stops, or that leaves its lock or its shared memory for a moment after a kill. */
const PASSING = /lock file|shared memory|^$/;

/**
 * A server that answers: the one that runs on the cluster's files, or else a new one.
 *
 * @param closing  calls it off; what was started is stopped again.
 * @throws DatabaseStartError at once for what will not pass, after 10 s for what might have. A server that recovers
 *         after a crash is waited for as long as it takes.
 */
export async function bringUp(cluster: Cluster, closing?: AbortSignal): Promise<Postmaster> {
  const deadline = performance.now() + RETRY_MS;
  for (;;) {
    const found = await findPostmaster(cluster);
    const postmaster = found ?? (await start(cluster));
    if (await becomesReady(cluster, postmaster, { isFound: found !== undefined, closing })) return postmaster;
    const words = await postmaster.lastWords();
    if (!PASSING.test(words) || performance.now() > deadline || closing?.aborted) throw ended(cluster, words);
    await delay(RETRY_PAUSE_MS);
  }
}

async function start(cluster: Cluster): Promise<Postmaster> {
  await refuseOtherVersion(cluster);
  await passStalePids(cluster);
  return startPostmaster(cluster);
}

/** A server reads the files of its own major version only. */
async function refuseOtherVersion({ data, home, binaries }: Cluster): Promise<void> {
  const [version, { major }] = [await versionOf(data), await binaries()];
  if (version === major) return;
  throw new DatabaseStartError(
    `The database in ${home} was made by PostgreSQL ${version}; this facegate brings PostgreSQL ${major}. ` +
      `Start the facegate that made it, or run PostgreSQL ${version} on it and name that server in DATABASE_URL.`,
  );
}

interface Waiting {
  /** It ran before, so that it should answer. */
  readonly isFound: boolean;
  readonly closing: AbortSignal | undefined;
}

/** @returns false when it ended instead, by itself or because it was not worth waiting for. */
async function becomesReady(cluster: Cluster, postmaster: Postmaster, waiting: Waiting): Promise<boolean> {
  try {
    if (await answersInTime(cluster, postmaster, waiting)) return true;
  } catch (error) {
    await stopPostmaster(cluster, postmaster);
    throw error;
  }
  await stopPostmaster(cluster, postmaster);
  return false;
}

async function answersInTime(cluster: Cluster, postmaster: Postmaster, waiting: Waiting): Promise<boolean> {
  let hasEnded = false;
  void postmaster.ended.then(() => {
    hasEnded = true;
  });
  const connection = connectionTo(cluster, postmaster.endpoint);
  let patience = performance.now() + PATIENCE_MS;
  while (!hasEnded && !waiting.closing?.aborted) {
    if (await isReady(cluster, connection)) return true;
    if (performance.now() > patience) {
      if (waiting.isFound) return false;
      cluster.say(`still waiting for the database (process ${postmaster.pid}); its log is ${cluster.log}`);
      patience = performance.now() + PATIENCE_MS;
    }
    await delay(PROBE_PAUSE_MS);
  }
  return false;
}

async function isReady({ home }: Cluster, connection: Connection): Promise<boolean> {
  const answer = await probe(connection);
  if (answer === 'wrong-password') throw lostPassword(home);
  // Asked once more afterwards: the server may end between the two.
  if (answer === 'no-database') await createDatabase(connection).catch(() => undefined);
  return answer === 'ready';
}

export const connectionTo = (
  { password }: Pick<Cluster, 'password'>,
  { host, port }: Endpoint,
): Connection => ({
  host,
  port,
  user: 'facegate',
  password,
  database: 'facegate',
});

const ended = ({ log, home }: Cluster, words: string): DatabaseStartError =>
  new DatabaseStartError(
    `The database in ${home} does not start. The end of ${log} says why${words === '' ? '.' : `:\n${words}`}`,
    { cause: new Error(words) },
  );
