import type { Pool } from 'pg';
import type { Session } from './session.ts';
import { fromStoreError } from './store-errors.ts';

/** The pool with the domain's words for what goes wrong. */
export const withFaceErrors = (pool: Pool): Session => ({
  query: async (text, values) => {
    try {
      return await pool.query(text, values);
    } catch (error) {
      throw fromStoreError(error);
    }
  },
});
