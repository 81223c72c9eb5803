import type { Principal } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';

/** Somebody who may do everything here, with a space of their own. */
export const principalOf = (clientId: string, rest: Partial<Principal> = {}): Principal => ({
  account: { id: clientId as AccountId, mode: 'live', limits: { requestsPerMinute: {}, quotas: {} } },
  door: 'facia',
  space: `${clientId}/facia` as AccountId,
  credentialId: `credential of ${clientId}`,
  scopes: ['admin'],
  ...rest,
});

/** Lets in whoever says their client id with `-secret` or, as a token, `-token` behind it. */
export function openAuthentication(principals: Readonly<Record<string, Principal>>): Authentication {
  const known = (text: string, ending: string) =>
    text.endsWith(ending) ? principals[text.slice(0, -ending.length)] : undefined;
  return {
    byPair: async (_door, identifier, secret) =>
      secret === `${identifier}-secret` ? principals[identifier] : undefined,
    bySecret: async (_door, secret) => known(secret, '-secret'),
    byToken: async (_door, token) => known(token, '-token'),
    issueToken: async ({ account }, lifetimeSeconds) => ({
      token: `${account.id}-token`,
      expiresAt: new Date(Date.now() + lifetimeSeconds * 1000),
    }),
    byProof: async () => {
      throw errors.unavailable('not part of these tests');
    },
  };
}
