import type { Pool, PoolClient } from 'pg';

const CHANNEL = 'facegate_change';

/** Wakes the nodes that follow the change log. Every signal may be lost. */
export interface WriteSignal {
  /** Tells all nodes that something was written. Returns at once; calls while one is on its way become one. */
  send(): void;
  /** @returns ends the listening. */
  listen(listener: () => void): Promise<() => Promise<void>>;
}

/** LISTEN and NOTIFY, outside of the writers' transactions: inside, the commits of all writers would queue for it. */
export function createWriteSignal(pool: Pool): WriteSignal {
  let isSending = false;
  let isWanted = false;
  const drain = async (): Promise<void> => {
    isSending = true;
    while (isWanted) {
      isWanted = false;
      // A lost signal costs a moment: who listens also looks by the second.
      await pool.query(`notify ${CHANNEL}`).catch(() => undefined);
    }
    isSending = false;
  };
  const send = (): void => {
    isWanted = true;
    if (!isSending) void drain();
  };
  return { send, listen: (listener) => listen(pool, listener) };
}

async function listen(pool: Pool, listener: () => void): Promise<() => Promise<void>> {
  const client = await pool.connect();
  let lost = false;
  client.on('notification', listener);
  client.on('error', () => {
    lost = true;
    client.release(true);
  });
  await client.query(`listen ${CHANNEL}`);
  return async () => {
    if (!lost) await hangUp(client);
  };
}

async function hangUp(client: PoolClient): Promise<void> {
  client.removeAllListeners('notification');
  await client.query(`unlisten ${CHANNEL}`).catch(() => undefined);
  client.release(true);
}
