import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { QuotaCounters, QuotaLimit } from './quota-counters.ts';

const verify = (limit: number): QuotaLimit => ({ quota: 'verify', limit });
const liveness = (limit: number): QuotaLimit => ({ quota: 'liveness', limit });

/** The promises of the QuotaCounters port. */
export function quotaCountersContract(name: string, open: () => QuotaCounters): void {
  const newAccount = () => randomUUID() as AccountId;

  describe(`${name} keeps the promises of QuotaCounters`, () => {
    it('gives as many as the limit, of each account and quota by itself', async () => {
      const [counters, one, other] = [open(), newAccount(), newAccount()];
      expect(await counters.take(one, [verify(2)])).toBeUndefined();
      expect(await counters.take(one, [verify(2)])).toBeUndefined();
      expect(await counters.take(one, [verify(2)])).toBe('verify');
      expect(await counters.take(one, [liveness(2)])).toBeUndefined();
      expect(await counters.take(other, [verify(2)])).toBeUndefined();
      expect(await counters.take(one, [verify(3)])).toBeUndefined();
    });

    it('names the first that is used up in the order asked, and takes none then', async () => {
      const [counters, account] = [open(), newAccount()];
      expect(await counters.take(account, [verify(5), liveness(0)])).toBe('liveness');
      expect(await counters.take(account, [verify(1)])).toBeUndefined();
      expect(await counters.take(account, [verify(1), liveness(0)])).toBe('verify');
      expect(await counters.take(account, [liveness(0), verify(1)])).toBe('liveness');
      expect(await counters.take(account, [])).toBeUndefined();
    });

    it('takes all or none when many ask at once on two nodes, in whatever order they name them', async () => {
      const [one, two, account] = [open(), open(), newAccount()];
      const orders = [
        [verify(40), liveness(25)],
        [liveness(25), verify(40)],
      ];
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? one : two).take(account, orders[i % 2] ?? [])),
      );
      expect(answers.filter((usedUp) => usedUp === undefined)).toHaveLength(25);
      expect(new Set(answers)).toEqual(new Set([undefined, 'liveness']));
      // Of the other, 25 are gone and 15 left: nobody who was refused took one.
      const rest = await Promise.all(Array.from({ length: 20 }, () => one.take(account, [verify(40)])));
      expect(rest.filter((usedUp) => usedUp === undefined)).toHaveLength(15);
    });
  });
}
