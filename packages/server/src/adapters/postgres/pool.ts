import { Pool, type PoolConfig } from 'pg';
import { DatabaseSetupError } from './database-setup-error.ts';

/** The oldest that has all that the statements use, and whose makers still mend it. */
const VERSION_MIN = 15;

/** Nothing waits for a database longer than a caller waits for an answer. */
const CONNECT_MS_MAX = 1500;
const STATEMENT_MS_MAX = 2500;
/** The server ends a statement by itself; this is for a server that does not answer at all. */
const ANSWER_MS_MAX = STATEMENT_MS_MAX + 300;

export interface PoolOptions {
  /** @default 10 */
  readonly connectionsMax?: number;
  /** Told when a connection that nobody was using broke. The pool goes on with others. */
  onIdleError?(error: Error): void;
}

/** Where the database is: a URL as in DATABASE_URL, or its parts. `host` may be the folder of a socket. */
export type DatabaseAddress =
  | string
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

/**
 * Connections to the database, none of which waits without end: 1.5 s to connect, 2.5 s for a statement to run.
 *
 * @throws DatabaseSetupError when the database cannot be reached, or is older than PostgreSQL 15.
 */
export async function openPool(address: DatabaseAddress, options: PoolOptions = {}): Promise<Pool> {
  const pool = new Pool({
    ...(typeof address === 'string' ? { connectionString: address } : address),
    max: options.connectionsMax ?? 10,
    // An operator's database may have another default, with which a statement sees nothing of those it waited for.
    onConnect: async (client) => {
      await client.query("set default_transaction_isolation = 'read committed'");
    },
    ...LIMITS,
  });
  pool.on('error', (error) => options.onIdleError?.(withoutClient(error)));
  // A connection that breaks between two statements of a transaction fails the next one; there it is dealt with.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await refuseOldServer(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The pool hangs the connection on the error, with the key that cancels its statements: nothing for a log. */
function withoutClient(error: Error & { client?: unknown }): Error {
  delete error.client;
  return error;
}

const LIMITS: PoolConfig = {
  application_name: 'facegate',
  connectionTimeoutMillis: CONNECT_MS_MAX,
  statement_timeout: STATEMENT_MS_MAX,
  query_timeout: ANSWER_MS_MAX,
  idle_in_transaction_session_timeout: ANSWER_MS_MAX,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

async function refuseOldServer(pool: Pool): Promise<void> {
  const version = await askVersion(pool);
  if (version >= VERSION_MIN) return;
  throw new DatabaseSetupError(
    `The database is PostgreSQL ${version}; facegate needs ${VERSION_MIN} or newer. ` +
      'Upgrade that server, or leave DATABASE_URL empty to use the one that comes with facegate.',
  );
}

/** @returns the first number of the server's version. */
async function askVersion(pool: Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    return Math.floor(Number(rows[0]?.version) / 10_000);
  } catch (error) {
    throw new DatabaseSetupError(
      `The database cannot be reached (${reasonOf(error)}). Is the server running, and is DATABASE_URL right?`,
      { cause: error },
    );
  }
}

/** A name that resolves to several addresses fails with one error for each and no text of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
