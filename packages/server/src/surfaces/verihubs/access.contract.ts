import { randomUUID } from 'node:crypto';
import type { Principal, Quota } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';

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
