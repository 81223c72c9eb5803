import type { Quota } from './domain/accounts/account.ts';
import { errors } from './domain/errors.ts';
import type { Attempt, AttemptOutcome, Limits, RateAnswer } from './domain/limits/limits.ts';

export interface LimitsUnderTest extends Limits {
  /** Attempts as they ended. */
  readonly attempts: readonly (Attempt & { readonly outcome: AttemptOutcome })[];
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
  const attempts: (Attempt & { outcome: AttemptOutcome })[] = [];
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
    countTokenRequest: (_door, address, identifier) => count(`${address} ${identifier}`, requestsMax),
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
