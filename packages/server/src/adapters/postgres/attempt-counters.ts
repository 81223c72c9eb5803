import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { AttemptOutcome } from '../../domain/limits/limits.ts';
import type { AttemptCounters, AttemptSubject } from '../../ports/attempt-counters.ts';
import type { Clock } from '../../ports/clock.ts';
import { withFaceErrors } from './with-face-errors.ts';

const BATCH = 1000;

/**
 * In every statement, $1 is the subject and $2 the time, or null for the database's clock, which is read when the row
 * is ours. To begin, $3 is how many failures bring the first delay, $4 that delay and $5 the longest, in seconds.
 */
const NOW = 'coalesce($2::timestamptz, clock_timestamp())';
/** The power is bounded well below what an interval can hold. */
const DELAY =
  'make_interval(secs => least($5::float8, $4::float8 * power(2, least(kept.failures - $3, 20))))';
/** A time to come was written before the clock was put back. */
const MAY_BEGIN = `
  kept.failures < $3 or kept.at + ${DELAY} <= ${NOW} or kept.at > ${NOW} + interval '1 second'`;
/**
 * Nobody waits for the disk: a crash of the database forgets the attempts of its last second, and no caller can bring
 * one about. Part of a statement, this holds for its transaction.
 */
const UNHURRIED = `(select set_config('synchronous_commit', 'off', true)) as unhurried`;

const BEGIN = `
  insert into facegate.attempt as kept (subject, failures, at) select $1::bytea, 1, ${NOW} from ${UNHURRIED}
  on conflict (subject) do update set failures = kept.failures + 1, at = ${NOW} where ${MAY_BEGIN}`;

const WAIT = `
  select ceil(extract(epoch from kept.at + ${DELAY} - ${NOW}))::integer as seconds
  from facegate.attempt kept where subject = $1`;

const END: Readonly<Record<AttemptOutcome, string>> = {
  success: `delete from facegate.attempt using ${UNHURRIED} where subject = $1`,
  failure: `
    insert into facegate.attempt as kept (subject, failures, at) select $1::bytea, 1, ${NOW} from ${UNHURRIED}
    on conflict (subject) do update set failures = greatest(kept.failures, 1), at = ${NOW}`,
  abandoned: `
    update facegate.attempt set failures = greatest(failures - 1, 0) from ${UNHURRIED}
    where subject = $1`,
};

const FORGET = `
  delete from facegate.attempt where subject in (
    select subject from facegate.attempt
    where at < coalesce($3::timestamptz, clock_timestamp()) - make_interval(secs => $1)
    limit $2 for update skip locked)`;

/** @param clock  @default the database's, which is the same for all nodes */
export function createAttemptCounters(pool: Pool, clock?: Clock): AttemptCounters {
  const session = withFaceErrors(pool);
  return {
    begin: async (subject, { failuresMax, delaySeconds, delaySecondsMax }) => {
      const values = [keyOf(subject), clock?.now(), failuresMax, delaySeconds, delaySecondsMax];
      const { rowCount } = await session.query(BEGIN, values);
      if (rowCount === 1) return 0;
      const { rows } = await session.query<{ seconds: number }>(WAIT, values);
      // Meanwhile the delay may have ended, or a success have forgotten it: the caller was refused all the same.
      return Math.max(rows[0]?.seconds ?? 1, 1);
    },

    end: async (subject, outcome) => {
      const key = keyOf(subject);
      await session.query(END[outcome], outcome === 'failure' ? [key, clock?.now()] : [key]);
    },

    forgetQuiet: async (quietSeconds) => {
      let forgotten = BATCH;
      while (forgotten >= BATCH) {
        const { rowCount } = await session.query(FORGET, [quietSeconds, BATCH, clock?.now()]);
        forgotten = rowCount ?? 0;
      }
    },
  };
}

/** Neither part can run into the other. */
const keyOf = ({ space, subjectId }: AttemptSubject): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([space, subjectId]))
    .digest();
