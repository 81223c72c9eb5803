import type { Pool } from 'pg';
import type { Clock } from '../../ports/clock.ts';
import type { RateCounters } from '../../ports/rate-counters.ts';
import { withFaceErrors } from './face-errors.ts';
import { onlyRow } from './session.ts';

const BATCH = 1000;

interface CountRow {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly reset_at: Date;
  readonly wait_seconds: number;
}

/** @param clock  @default the database's, which is the same for all nodes */
export function createRateCounters(pool: Pool, clock?: Clock): RateCounters {
  const session = withFaceErrors(pool);
  return {
    count: async (key, { limit, windowSeconds }) => {
      const { rows } = await session.query<CountRow>(
        'select * from facegate.count_one($1, $2, make_interval(secs => $3), $4)',
        [key, limit, windowSeconds, clock?.now()],
      );
      const { allowed, remaining, reset_at: resetAt, wait_seconds: retryAfterSeconds } = onlyRow(rows);
      return { isAllowed: allowed, limit, windowSeconds, remaining, resetAt, retryAfterSeconds };
    },

    uncount: async (key) => {
      await session.query('select facegate.uncount_one($1)', [key]);
    },

    forgetLapsed: async () => {
      // A counter that somebody holds has not lapsed.
      const { rows } = await session.query<{ forgotten: number }>(
        `with lapsed as (
           select number from facegate.rate_counter
           where lapses_at <= coalesce($1, clock_timestamp()) limit $2 for update skip locked
         ), counters as (
           delete from facegate.rate_counter c using lapsed where c.number = lapsed.number
         ), counts as (
           delete from facegate.rate_count c using lapsed where c.counter = lapsed.number
         )
         select count(*)::integer as forgotten from lapsed`,
        [clock?.now(), BATCH],
      );
      return onlyRow(rows).forgotten;
    },
  };
}
