import type { Pool } from 'pg';
import type { RateAnswer } from '../../domain/limits/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rate, RateCounters } from '../../ports/rate-counters.ts';
import { onlyRow, type Session } from './session.ts';
import { together } from './together.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** Counters to be looked at in one statement: few enough that it ends in time, however much each of them counted. */
const PAGE = 100;

/** @param clock  @default the database's, which is the same for all nodes */
export function createRateCounters(pool: Pool, clock?: Clock): RateCounters {
  const session = withFaceErrors(pool);
  const countAll = together<RateAnswer>(async (at, calls) => {
    const [key, rate] = JSON.parse(at) as [string, Rate];
    return countSome(session, { key, rate, calls, moment: clock?.now() });
  });
  const uncountAll = together<void>(async (key, calls) => {
    await session.query('select facegate.uncount_some($1, $2)', [key, calls]);
    return Array.from({ length: calls });
  });
  return {
    count: (key, { limit, windowSeconds }) => countAll(JSON.stringify([key, { limit, windowSeconds }])),
    uncount: uncountAll,
    forgetLapsed: () => forgetLapsed(session, clock?.now()),
  };
}

interface Counting {
  readonly key: string;
  readonly rate: Rate;
  readonly calls: number;
  readonly moment: Date | undefined;
}

interface CountRow {
  readonly allowed: number;
  readonly remaining: number;
  readonly reset_at: Date;
  readonly wait_seconds: number;
}

/** @returns an answer for each call, as if they had come one after the other. */
async function countSome(session: Session, { key, rate, calls, moment }: Counting): Promise<RateAnswer[]> {
  const { rows } = await session.query<CountRow>(
    'select * from facegate.count_some($1, $2, $3, make_interval(secs => $4), $5)',
    [key, calls, rate.limit, rate.windowSeconds, moment],
  );
  const { allowed, remaining: left, reset_at: resetAt, wait_seconds: waitSeconds } = onlyRow(rows);
  return Array.from({ length: calls }, (_, i) => {
    const isAllowed = i < allowed;
    const remaining = isAllowed ? left + allowed - 1 - i : left;
    return { isAllowed, ...rate, remaining, resetAt, retryAfterSeconds: remaining > 0 ? 0 : waitSeconds };
  });
}

/** Looks at each counter once: an index of the times would have to follow every count. */
async function forgetLapsed(session: Session, moment: Date | undefined): Promise<void> {
  let last: string | null = '0';
  while (last !== null) {
    // A counter that somebody holds has not lapsed.
    const { rows }: { rows: { last: string | null }[] } = await session.query(
      `with page as (
         select number from facegate.rate_counter where number > $1 order by number limit $2
       ), lapsed as (
         select number from facegate.rate_counter
         where number in (select number from page) and lapses_at <= coalesce($3, clock_timestamp())
         for update skip locked
       ), counters as (
         delete from facegate.rate_counter c using lapsed where c.number = lapsed.number
       ), counts as (
         delete from facegate.rate_count c using lapsed where c.counter = lapsed.number
       )
       select max(number) as last from page`,
      [last, PAGE, moment],
    );
    last = onlyRow(rows).last;
  }
}
