import type { Pool } from 'pg';
import type { Session } from './session.ts';
import { fromStoreError } from './store-errors.ts';

/** A session whose failures speak the domain's words. */
export const withFaceErrors = (pool: Pool): Session => ({
  query: async (text, values) => {
    try {
      return await pool.query(text, values);
    } catch (error) {
      throw fromStoreError(error);
    }
  },
});
