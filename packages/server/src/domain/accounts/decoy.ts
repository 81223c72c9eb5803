import { randomUUID } from 'node:crypto';
import type { KnownCredential } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccountId } from '../enrolment/records.ts';
import { issueCredential } from './issue-credentials.ts';
import { accountKeyName, ensureServiceKey, type ServiceKeyParts } from './service-key.ts';

/** No account: no other id of one looks like this. */
const DECOY_ACCOUNT = 'decoy' as AccountId;

/** A credential like any other whose secret is forgotten as soon as it is drawn. */
export async function createDecoy(
  parts: ServiceKeyParts & { readonly clock: Clock },
): Promise<KnownCredential> {
  const key = await ensureServiceKey(parts, accountKeyName(DECOY_ACCOUNT));
  const now = parts.clock.now();
  const { keys } = parts;
  const issuing = { account: DECOY_ACCOUNT, key, keys, scopes: [], nextId: randomUUID, now };
  const limits = { requestsPerMinute: {}, quotas: {} };
  return {
    credential: issueCredential('advance', issuing).stored,
    account: {
      id: DECOY_ACCOUNT,
      name: 'decoy',
      state: 'active',
      mode: 'live',
      limits,
      createdAt: now,
    },
  };
}
