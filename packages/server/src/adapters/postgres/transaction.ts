import type { Pool, PoolClient } from 'pg';
import { fromStoreError, isContention, isSilence } from './store-errors.ts';

const ATTEMPTS_MAX = 4;

/**
 * All of `work` or nothing of it, anew when it lost against another transaction.
 *
 * @throws FaceError
 */
export async function runTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt < ATTEMPTS_MAX && isContention(error)) continue;
      throw fromStoreError(error);
    }
  }
}

async function attemptTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // An operator's database may have another default.
    await client.query('begin isolation level read committed');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await undo(client, error);
    throw error;
  } finally {
    // A connection that could not even roll back is thrown away, and the server undoes what was open.
    client.release(broken);
  }
}

/** A server that did not answer in time is not asked again. */
async function undo(client: PoolClient, failure: unknown): Promise<Error | undefined> {
  if (failure instanceof Error && isSilence(failure)) return failure;
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}
