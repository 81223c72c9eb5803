import { randomUUID } from 'node:crypto';
import type { Principal, Quota } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { Attempt, Limits, RateAnswer } from '../../domain/limits/limits.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('not part of these tests');
};

/** Lets in whoever says their App-ID twice: as identifier and, with `-key` behind it, as secret. */
export const openAuthentication = (principals: Readonly<Record<string, Principal>>): Authentication => ({
  byPair: async (door, identifier, secret) =>
    door === 'verihubs' && secret === `${identifier}-key` ? principals[identifier] : undefined,
  bySecret: refused,
  byProof: refused,
  issueToken: refused,
  byToken: refused,
});

/** Somebody who may do everything here, with a space of their own. */
export const principalOf = (appId: string, rest: Partial<Principal> = {}): Principal => ({
  account: {
    id: appId as AccountId,
    mode: 'live',
    limits: { requestsPerMinute: {}, quotas: {} },
  },
  door: 'verihubs',
  space: `${appId}/verihubs/${randomUUID()}` as AccountId,
  credentialId: `credential of ${appId}`,
  scopes: ['verify', 'enrol', 'search'],
  ...rest,
});

/** The same with few uses left. */
export const testing = (appId: string, quotas: Partial<Record<Quota, number>>): Principal =>
  principalOf(appId, {
    account: { id: appId as AccountId, mode: 'testing', limits: { requestsPerMinute: {}, quotas } },
  });

export interface LimitsUnderTest extends Limits {
  /** Attempts as they ended. */
  readonly attempts: readonly (Attempt & { readonly outcome: 'success' | 'failure' })[];
}

export interface LimitsOptions {
  readonly requestsMax?: number;
  readonly strangersMax?: number;
  /** Failures after which the next attempt is refused. */
  readonly failuresMax?: number;
}

const WINDOW_SECONDS = 60;

/** Limits that count from the start of a test and never forget. */
export function openLimits({
  requestsMax = Number.MAX_SAFE_INTEGER,
  strangersMax = Number.MAX_SAFE_INTEGER,
  failuresMax = Number.MAX_SAFE_INTEGER,
}: LimitsOptions = {}): LimitsUnderTest {
  const counts = new Map<string, number>();
  const attempts: (Attempt & { outcome: 'success' | 'failure' })[] = [];
  const count = async (name: string, limit: number): Promise<RateAnswer> => {
    const uses = (counts.get(name) ?? 0) + 1;
    counts.set(name, uses);
    return {
      isAllowed: uses <= limit,
      limit,
      windowSeconds: WINDOW_SECONDS,
      remaining: Math.max(0, limit - uses),
      resetAt: new Date(1_700_000_000_000),
      retryAfterSeconds: uses <= limit ? 0 : WINDOW_SECONDS,
    };
  };
  return {
    attempts,
    countRequest: ({ space }) => count(space, requestsMax),
    countStranger: (address) => count(address, strangersMax),
    takeQuotas: async ({ account: { id, mode, limits } }, quotas) => {
      if (mode === 'live') return undefined;
      const used = (quota: Quota) => counts.get(`${id} ${quota}`) ?? 0;
      const exhausted = quotas.find((quota) => used(quota) >= (limits.quotas[quota] ?? Infinity));
      if (exhausted === undefined) for (const quota of quotas) counts.set(`${id} ${quota}`, used(quota) + 1);
      return exhausted;
    },
    beginAttempt: async ({ subjectId }) => {
      const failures = attempts.filter((past) => past.subjectId === subjectId && past.outcome === 'failure');
      if (failures.length >= failuresMax) throw errors.tooManyAttempts(30);
    },
    endAttempt: async (attempt, outcome) => void attempts.push({ ...attempt, outcome }),
  };
}
