import { createHash } from 'node:crypto';
import type { AttemptCounters, AttemptPolicy } from '../../ports/attempt-counters.ts';
import type { QuotaCounters } from '../../ports/quota-counters.ts';
import type { RateCounters } from '../../ports/rate-counters.ts';
import type { Door, Principal, Quota } from '../accounts/account.ts';
import { errors } from '../errors.ts';
import type { Attempt, Limits, RateAnswer } from './limits.ts';
import { networkOf } from './network-of.ts';

export interface LimitsParts {
  readonly rates: RateCounters;
  readonly quotas: QuotaCounters;
  readonly attempts: AttemptCounters;
}

/** Of every number, 0 means: without limit. */
export interface LimitsSettings {
  /** Of an account that has no number of its own. */
  readonly requestsPerMinute: Readonly<Record<Door, number>>;
  readonly strangersPerMinute: number;
  readonly attempts: AttemptPolicy & {
    /** Instead of `failuresMax` where liveness is checked. */
    readonly failuresMaxWithLiveness: number;
  };
}

const WINDOW_SECONDS = 60;

/** @source attempts: NIST SP 800-63B, section on biometrics: 5 in a row, 10 with presentation attack detection. */
export function createLimits(parts: LimitsParts, settings: LimitsSettings): Limits {
  const { rates, quotas, attempts } = parts;
  const count = async (key: string, limit: number): Promise<RateAnswer> =>
    limit === 0 ? unlimited() : rates.count(key, { limit, windowSeconds: WINDOW_SECONDS });
  const uncountStranger = async (address: string | undefined): Promise<void> => {
    if (address !== undefined && settings.strangersPerMinute > 0) await rates.uncount(strangerKey(address));
  };
  return {
    countRequest: async (principal, address) => {
      const counting = count(accountKey(principal), limitOf(principal, settings));
      const [answer] = await Promise.all([counting, uncountStranger(address)]);
      return answer;
    },

    countStranger: (address) => count(strangerKey(address), settings.strangersPerMinute),

    countTokenRequest: (door, address, identifier) =>
      count(tokenKey(door, address, identifier), settings.requestsPerMinute[door]),

    takeQuotas: async ({ account }, asked) =>
      account.mode === 'live' ? undefined : quotas.take(account.id, limitedOf(account, asked)),

    beginAttempt: async (attempt) => {
      const policy = policyFor(attempt, settings);
      if (policy.failuresMax === 0) return;
      const waitSeconds = await attempts.begin(attempt, policy);
      if (waitSeconds > 0) throw errors.tooManyAttempts(waitSeconds);
    },

    endAttempt: async (attempt, outcome) => {
      if (policyFor(attempt, settings).failuresMax > 0) await attempts.end(attempt, outcome);
    },
  };
}

/** Doors are few and known, so that no id can make one key of two. */
const accountKey = ({ door, account }: Principal): string => `account ${door} ${account.id}`;

const strangerKey = (address: string): string => `stranger ${networkOf(address)}`;

/** What a stranger calls himself may be of any length and hold any character. */
const tokenKey = (door: Door, address: string, identifier: string): string =>
  `token ${door} ${networkOf(address)} ${createHash('sha256').update(identifier).digest('hex')}`;

const limitOf = ({ door, account }: Principal, { requestsPerMinute }: LimitsSettings): number =>
  account.limits.requestsPerMinute[door] ?? requestsPerMinute[door];

const limitedOf = ({ limits }: Principal['account'], asked: readonly Quota[]) =>
  asked.flatMap((quota) => {
    const limit = limits.quotas[quota];
    return limit === undefined ? [] : [{ quota, limit }];
  });

function policyFor({ isLivenessChecked }: Attempt, { attempts }: LimitsSettings): AttemptPolicy {
  const { failuresMaxWithLiveness, ...policy } = attempts;
  return isLivenessChecked ? { ...policy, failuresMax: failuresMaxWithLiveness } : policy;
}

const unlimited = (): RateAnswer => ({
  isAllowed: true,
  limit: Number.POSITIVE_INFINITY,
  windowSeconds: WINDOW_SECONDS,
  remaining: Number.POSITIVE_INFINITY,
  resetAt: new Date(0),
  retryAfterSeconds: 0,
});
