import { setTimeout as delay } from 'node:timers/promises';
import { bringUp } from './bring-up.ts';
import type { Cluster } from './cluster.ts';
import { type Postmaster, stopPostmaster } from './postmaster.ts';

/** What happens to the server while it is being looked after. */
export interface DatabaseEvents {
  /** It ended by itself. Starting it again has begun. */
  onDown?(): void;
  /** It could not be started. Tried again after a pause, for ever. */
  onRestartFailed?(error: unknown): void;
  /** It answers again. */
  onUp?(): void;
}

const PAUSE_AFTER_FAILURE_MS = 5000;

/**
 * Starts the server again whenever it ends.
 *
 * @returns a function that lets go of the server and stops it, for good.
 */
export function supervise(cluster: Cluster, first: Postmaster, events: DatabaseEvents): () => Promise<void> {
  const closing = new AbortController();
  const watching = keepUp(cluster, first, events, closing.signal);
  return async () => {
    closing.abort();
    const last = await watching;
    if (last !== undefined) await stopPostmaster(cluster, last);
  };
}

/** @returns once closing: the server that still runs, if one does. */
async function keepUp(
  cluster: Cluster,
  first: Postmaster,
  events: DatabaseEvents,
  closing: AbortSignal,
): Promise<Postmaster | undefined> {
  const closed = new Promise<void>((resolve) => closing.addEventListener('abort', () => resolve()));
  let postmaster: Postmaster | undefined = first;
  while (!closing.aborted) {
    if (postmaster !== undefined) {
      await Promise.race([postmaster.ended, closed]);
      if (closing.aborted) return postmaster;
      events.onDown?.();
    }
    postmaster = await tryBringUp(cluster, events, closing);
  }
  return postmaster;
}

async function tryBringUp(
  cluster: Cluster,
  events: DatabaseEvents,
  closing: AbortSignal,
): Promise<Postmaster | undefined> {
  try {
    const postmaster = await bringUp(cluster, closing);
    events.onUp?.();
    return postmaster;
  } catch (error) {
    if (closing.aborted) return undefined;
    events.onRestartFailed?.(error);
    await delay(PAUSE_AFTER_FAILURE_MS, undefined, { signal: closing, ref: false }).catch(() => undefined);
    return undefined;
  }
}
