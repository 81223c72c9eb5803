import type { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** The longest that a timer can be set to, 24 days. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * The bytes of `copy (select) to stdout (format binary)`, however long that takes: the driver would otherwise break
 * off a COPY at the pool's limit for an answer, even one that is flowing, and fail on the bytes that still come.
 */
export function copyOut(client: PoolClient, select: string): Readable {
  const stream: Copying = copyTo(`copy (${select}) to stdout (format binary)`);
  stream.query_timeout = NEVER_MS;
  client.query(stream);
  // The driver takes its timer back when the statement calls back, which a stream by itself never does.
  stream.once('close', () => stream.callback?.());
  return stream;
}

/** What the driver reads from, and hangs on, anything it is given to run. */
type Copying = ReturnType<typeof copyTo> & { query_timeout?: number; callback?: () => void };
