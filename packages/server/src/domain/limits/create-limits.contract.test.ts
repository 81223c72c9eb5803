import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAttemptCounters } from '../../adapters/postgres/attempt-counters.ts';
import { createQuotaCounters } from '../../adapters/postgres/quota-counters.ts';
import { createRateCounters } from '../../adapters/postgres/rate-counters.ts';
import { useStore } from '../../server-in-use.contract.ts';
import type { AccountLimits, Door, Principal } from '../accounts/account.ts';
import type { AccountId } from '../enrolment/records.ts';
import { createLimits, type LimitsSettings } from './create-limits.ts';

const SETTINGS: LimitsSettings = {
  requestsPerMinute: { native: 600, facia: 60, verihubs: 600, advance: 600 },
  strangersPerMinute: 300,
  attempts: { failuresMax: 5, failuresMaxWithLiveness: 10, delaySeconds: 30, delaySecondsMax: 3600 },
};

const store = useStore();
/** Limits on a clock that stands still, so that a slow machine counts no fewer. */
function opened(settings: Partial<LimitsSettings> = {}) {
  const start = Date.now();
  const clock = { now: () => new Date(start) };
  const parts = {
    rates: createRateCounters(store.pool, clock),
    quotas: createQuotaCounters(store.pool),
    attempts: createAttemptCounters(store.pool, clock),
  };
  return createLimits(parts, { ...SETTINGS, ...settings });
}

interface Caller {
  readonly door?: Door;
  readonly mode?: 'live' | 'testing';
  readonly limits?: Partial<AccountLimits>;
}

function newPrincipal({ door = 'facia', mode = 'live', limits = {} }: Caller = {}): Principal {
  const id = randomUUID() as AccountId;
  const account = { id, mode, limits: { requestsPerMinute: {}, quotas: {}, ...limits } };
  return { account, door, space: id, credentialId: 'c', scopes: [] };
}

/** @returns how many of so many at once were allowed. */
async function allowed(times: number, ask: (i: number) => Promise<{ isAllowed: boolean }>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, (_, i) => ask(i)));
  return answers.filter(({ isAllowed }) => isAllowed).length;
}

describe('requests of accounts', () => {
  it('are limited by the door, each door and account by itself', async () => {
    const [limits, one, other] = [opened(), newPrincipal(), newPrincipal()];
    expect(await allowed(70, () => limits.countRequest(one))).toBe(60);
    expect(await limits.countRequest({ ...one, door: 'advance' })).toMatchObject({
      limit: 600,
      remaining: 599,
    });
    expect(await limits.countRequest(other)).toMatchObject({ limit: 60, windowSeconds: 60, remaining: 59 });
  });

  it("are limited by the account's own number where it has one, up to thousands", async () => {
    const [limits, one] = [opened(), newPrincipal({ limits: { requestsPerMinute: { facia: 6000 } } })];
    expect(await allowed(20_000, () => limits.countRequest(one))).toBe(6000);
  });

  it('are not limited where the number is 0', async () => {
    const unlimited = { isAllowed: true, limit: Number.POSITIVE_INFINITY };
    const none = { ...SETTINGS.requestsPerMinute, facia: 0 };
    expect(await opened({ requestsPerMinute: none }).countRequest(newPrincipal())).toMatchObject(unlimited);
    const own = newPrincipal({ limits: { requestsPerMinute: { facia: 0 } } });
    expect(await opened().countRequest(own)).toMatchObject(unlimited);
  });

  it('do not use up what strangers of the same address may ask', async () => {
    const limits = opened({ strangersPerMinute: 10 });
    const [principal, address] = [newPrincipal(), newAddress()];
    for (let i = 0; i < 60; i++) {
      expect(await limits.countStranger(address)).toMatchObject({ isAllowed: true, remaining: 9 });
      expect(await limits.countRequest(principal, address)).toMatchObject({ isAllowed: true });
    }
    expect(await limits.countStranger(address)).toMatchObject({ remaining: 9 });
  });
});

let addresses = 0;
const newAddress = () => `203.0.${Math.floor(addresses / 250)}.${addresses++ % 250}`;

describe('requests of strangers', () => {
  it('are limited by IPv4 address', async () => {
    const [limits, address] = [opened(), newAddress()];
    expect(await allowed(310, () => limits.countStranger(address))).toBe(300);
    expect(await limits.countStranger(newAddress())).toMatchObject({ isAllowed: true });
  });

  it('are limited by IPv6 network, however addresses in it change', async () => {
    const limits = opened();
    expect(await allowed(310, (i) => limits.countStranger(`2001:db8:0:1:${i.toString(16)}::${i}`))).toBe(300);
    expect(await limits.countStranger('2001:db8:0:2::1')).toMatchObject({ isAllowed: true });
  });

  it('are not counted where the number is 0', async () => {
    const [limits, address] = [opened({ strangersPerMinute: 0 }), newAddress()];
    expect(await allowed(310, () => limits.countStranger(address))).toBe(310);
    const { rows } = await store.pool.query('select from facegate.rate_counter where key like $1', [
      `%${address}`,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('quotas', () => {
  const quotas = { quotas: { verify: 2 } };

  it('hold in testing mode, for those the account has', async () => {
    const [limits, one] = [opened(), newPrincipal({ mode: 'testing', limits: quotas })];
    const take = () => limits.takeQuotas(one, ['verify', 'liveness']);
    expect([await take(), await take(), await take()]).toEqual([undefined, undefined, 'verify']);
    expect(await limits.takeQuotas(one, ['liveness'])).toBeUndefined();
  });

  it('are not counted in live mode', async () => {
    const [limits, one] = [opened(), newPrincipal({ limits: quotas })];
    for (let i = 0; i < 5; i++) expect(await limits.takeQuotas(one, ['verify'])).toBeUndefined();
    const { rows } = await store.pool.query('select from facegate.quota_use where account = $1', [
      one.account.id,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('attempts', () => {
  const newAttempt = (isLivenessChecked = false) => ({
    space: 'here' as AccountId,
    subjectId: randomUUID(),
    isLivenessChecked,
  });

  it.each([
    [5, false],
    [10, true],
  ])(
    'are refused for 30 s after %i failures where liveness is checked: %s',
    async (most, isLivenessChecked) => {
      const [limits, attempt] = [opened(), newAttempt(isLivenessChecked)];
      for (let i = 0; i < most; i++) {
        await limits.beginAttempt(attempt);
        await limits.endAttempt(attempt, 'failure');
      }
      const refusal = { code: 'too-many-attempts', retryAfterSeconds: 30 };
      await expect(limits.beginAttempt(attempt)).rejects.toMatchObject(refusal);
      // Another node, or this one after a restart.
      await expect(opened().beginAttempt(attempt)).rejects.toMatchObject({ code: 'too-many-attempts' });
      await limits.beginAttempt(newAttempt(isLivenessChecked));
    },
  );

  it('never reach the delay where each fifth one succeeds', async () => {
    const [limits, attempt] = [opened(), newAttempt()];
    for (let i = 1; i <= 25; i++) {
      await limits.beginAttempt(attempt);
      await limits.endAttempt(attempt, i % 5 === 0 ? 'success' : 'failure');
    }
  });

  it('are not counted where the number is 0', async () => {
    const limits = opened({ attempts: { ...SETTINGS.attempts, failuresMax: 0 } });
    const attempt = newAttempt();
    for (let i = 0; i < 20; i++) {
      await limits.beginAttempt(attempt);
      await limits.endAttempt(attempt, 'failure');
    }
    await opened().beginAttempt(attempt);
  });
});
