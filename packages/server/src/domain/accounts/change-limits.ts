import { errors } from '../errors.ts';
import type { Account } from './account.ts';
import type { LimitsChange } from './accounts.ts';

/** What an account's mode and limits become. @throws FaceError `invalid-request` */
export const changeLimits = (
  { mode, limits }: Account,
  change: LimitsChange,
): Pick<Account, 'mode' | 'limits'> => ({
  mode: change.mode ?? mode,
  limits: {
    requestsPerMinute: changed(limits.requestsPerMinute, change.requestsPerMinute),
    quotas: changed(limits.quotas, change.quotas),
  },
});

type Numbers = Readonly<Record<string, number>>;

function changed(before: Numbers, changes: Readonly<Record<string, number | null>> = {}): Numbers {
  const entries = Object.entries({ ...before, ...changes }).filter(
    (entry): entry is [string, number] => entry[1] !== null,
  );
  if (!entries.every(([, value]) => Number.isSafeInteger(value) && value >= 0)) {
    throw errors.invalidRequest('A limit is a whole number, 0 or more.');
  }
  return Object.fromEntries(entries);
}
