import type { Pool } from 'pg';
import type { Quota } from '../../domain/accounts/account.ts';
import type { QuotaCounters, QuotaLimit } from '../../ports/quota-counters.ts';
import type { Session } from './session.ts';
import { runTransaction } from './transaction.ts';

export const createQuotaCounters = (pool: Pool): QuotaCounters => ({
  take: (account, quotas) =>
    runTransaction(pool, async (session) => {
      const used = await holdUses(session, account, quotas);
      const usedUp = quotas.find(({ quota, limit }) => (used.get(quota) ?? 0) >= limit);
      if (usedUp !== undefined) return usedUp.quota;
      await session.query(
        'update facegate.quota_use set used = used + 1 where account = $1 and quota = any ($2::text[])',
        [account, namesOf(quotas)],
      );
      return undefined;
    }),
});

/** Uses so far, which nobody else changes until the transaction ends. Held in one order, so that nobody waits in a ring. */
async function holdUses(
  session: Session,
  account: string,
  quotas: readonly QuotaLimit[],
): Promise<ReadonlyMap<Quota, number>> {
  const { rows } = await session.query<{ quota: Quota; used: number }>(
    `insert into facegate.quota_use as kept (account, quota, used)
     select $1, quota, 0 from unnest ($2::text[]) as named (quota) group by quota order by quota
     on conflict (account, quota) do update set used = kept.used
     returning quota, used`,
    [account, namesOf(quotas)],
  );
  return new Map(rows.map(({ quota, used }) => [quota, used]));
}

const namesOf = (quotas: readonly QuotaLimit[]): string[] => quotas.map(({ quota }) => quota);
