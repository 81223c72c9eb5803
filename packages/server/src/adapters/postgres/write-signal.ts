import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

/** What a signal is about. */
type Channel = 'facegate_change' | 'facegate_case';

/** Wakes the nodes that follow what others write. Every signal may be lost. */
export interface WriteSignal {
  /** Tells all nodes that something was written. Returns at once; calls while one is on its way become one. */
  send(): void;
  /** @returns ends the listening. */
  listen(listener: () => void): Promise<() => Promise<void>>;
}

/** LISTEN and NOTIFY, outside of the writers' transactions: inside, the commits of all writers would queue for it. */
export function createWriteSignal(pool: Pool, channel: Channel = 'facegate_change'): WriteSignal {
  let isSending = false;
  let isWanted = false;
  const drain = async (): Promise<void> => {
    isSending = true;
    while (isWanted) {
      isWanted = false;
      // A lost signal costs a moment: who listens also looks by the second.
      await pool.query(`notify ${channel}`).catch(() => undefined);
    }
    isSending = false;
  };
  const send = (): void => {
    isWanted = true;
    if (!isSending) void drain();
  };
  return { send, listen: (listener) => listen({ pool, channel, listener }) };
}

interface Listening {
  readonly pool: Pool;
  readonly channel: Channel;
  readonly listener: () => void;
}

/** Between two attempts to listen again. */
const PAUSE_MS = 1000;

/** Listens on a connection of its own, and on another one when that is lost. */
async function listen(listening: Listening): Promise<() => Promise<void>> {
  const ended = new AbortController();
  let client = await connect(listening);
  const keep = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await Promise.race([client.lost, once(ended.signal, 'abort')]);
      if (ended.signal.aborted) return;
      await delay(PAUSE_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      client = await connect(listening).catch(() => client);
    }
  };
  const keeping = keep();
  return async () => {
    ended.abort();
    await keeping;
    client.release();
  };
}

interface ListeningClient {
  /** Resolves when the connection has broken. */
  readonly lost: Promise<void>;
  /** Gives the connection up. */
  release(): void;
}

async function connect({ pool, channel, listener }: Listening): Promise<ListeningClient> {
  const client = await pool.connect();
  let isReleased = false;
  const release = (): void => {
    if (!isReleased) client.release(true);
    isReleased = true;
  };
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  }).then(release);
  client.on('notification', listener);
  try {
    await client.query(`listen ${channel}`);
  } catch (error) {
    release();
    throw error;
  }
  return { lost, release };
}
