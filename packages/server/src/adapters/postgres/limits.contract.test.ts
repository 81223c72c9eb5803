import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { attemptCountersContract } from '../../ports/attempt-counters.contract.ts';
import { quotaCountersContract } from '../../ports/quota-counters.contract.ts';
import { rateCountersContract } from '../../ports/rate-counters.contract.ts';
import { createAttemptCounters } from './attempt-counters.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';
import { createQuotaCounters } from './quota-counters.ts';
import { createRateCounters } from './rate-counters.ts';

for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
  describe.skipIf(skipped !== undefined)(`on ${title}${skipped === undefined ? '' : ` (${skipped})`}`, () => {
    let server: OpenServer;
    let url: string;
    let pool: Pool;

    beforeAll(async () => {
      server = await open();
      url = await server.createDatabase();
      const first = await openPool(url);
      // The worst an operator's database may have set.
      await first.query(`do $$ begin execute format(
        'alter database %I set default_transaction_isolation = serializable', current_database()); end $$`);
      await first.end();
      pool = await openPool(url, { connectionsMax: 16 });
      await migrate(pool, MIGRATIONS);
    }, 60_000);
    afterAll(async () => {
      await pool?.end();
      await server?.close();
    });

    rateCountersContract(title, (clock) => createRateCounters(pool, clock));
    quotaCountersContract(title, () => createQuotaCounters(pool));
    attemptCountersContract(title, (clock) => createAttemptCounters(pool, clock));

    it('keeps rows for what counts alone, however much is asked', async () => {
      const counters = createRateCounters(pool);
      const rowsOf = async (key: string) => {
        const { rows } = await pool.query(
          `select c.used, (select count(*)::integer from facegate.rate_count where counter = c.number) as rows
           from facegate.rate_counter c where key like $1 || '%' order by key limit 2`,
          [key],
        );
        return rows;
      };
      const key = randomUUID();
      const rate = { limit: 5, windowSeconds: 1 };
      for (let i = 0; i < 50; i++) await counters.count(key, rate);
      await Promise.all(Array.from({ length: 350 }, (_, i) => counters.count(`${key}${i}`, rate)));
      expect(await rowsOf(key)).toEqual([
        { used: 5, rows: 5 },
        { used: 1, rows: 1 },
      ]);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await counters.forgetLapsed();
      expect(await rowsOf(key)).toEqual([]);
      const { rows } = await pool.query(`select count(*)::integer as strays from facegate.rate_count
        where counter not in (select number from facegate.rate_counter)`);
      expect(rows).toEqual([{ strays: 0 }]);
    });

    it('says "unavailable" when the database is away', async () => {
      const away = await openPool(url);
      await away.end();
      const unavailable = { code: 'unavailable' };
      const rate = { limit: 1, windowSeconds: 1 };
      const subject = { space: 'here' as never, subjectId: 'x' };
      const policy = { failuresMax: 1, delaySeconds: 1, delaySecondsMax: 1 };
      await expect(createRateCounters(away).count('x', rate)).rejects.toMatchObject(unavailable);
      const quotas = [{ quota: 'verify', limit: 1 }] as const;
      await expect(createQuotaCounters(away).take(subject.space, quotas)).rejects.toMatchObject(unavailable);
      await expect(createAttemptCounters(away).begin(subject, policy)).rejects.toMatchObject(unavailable);
    });
  });
}
