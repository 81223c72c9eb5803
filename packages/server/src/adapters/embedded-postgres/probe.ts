import { Client, DatabaseError } from 'pg';
import type { Endpoint } from './endpoint.ts';

/** All that a client of the database needs to know. */
export interface Connection extends Endpoint {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type Answer = 'ready' | 'no-database' | 'wrong-password' | 'not-yet';

const ANSWER_MS_MAX = 1000;
const ANSWERS: Readonly<Record<string, Answer>> = { '3D000': 'no-database', '28P01': 'wrong-password' };

/** Whether the server answers a question now. */
export async function probe(connection: Connection): Promise<Answer> {
  try {
    await runStatement(connection, 'select 1', ANSWER_MS_MAX);
    return 'ready';
  } catch (error) {
    return (error instanceof DatabaseError && ANSWERS[error.code ?? '']) || 'not-yet';
  }
}

/** Makes the database that a fresh server lacks. */
export const createDatabase = (connection: Connection): Promise<void> =>
  runStatement({ ...connection, database: 'postgres' }, `create database "${connection.database}"`, 60_000);

async function runStatement(connection: Connection, statement: string, timeoutMs: number): Promise<void> {
  const client = new Client({
    ...connection,
    application_name: 'facegate start',
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: timeoutMs,
  });
  // A server that dies meanwhile says so here as well as in the promise.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}
