import type { DataKey, Keys, SealContext } from '../../ports/keys.ts';
import type { ServiceKeys } from '../../ports/service-keys.ts';
import { type AccountId, LOCAL_ACCOUNT } from '../enrolment/records.ts';
import { errors } from '../errors.ts';

export interface ServiceKeyParts {
  readonly keys: Keys;
  readonly serviceKeys: ServiceKeys;
}

/** What the key that tokens are signed with is kept under. */
export const TOKEN_KEY = 'tokens';

/** What the key that links to pictures of cases are signed with is kept under. */
export const CASE_LINK_KEY = 'case-links';

/** What the key that receipts of erasures are signed with is kept under. */
export const ERASURE_RECEIPT_KEY = 'erasure-receipts';

/** What the key to an account's secrets is kept under. */
export const accountKeyName = (account: AccountId): string => `account ${account}`;

/** Names are unique among all accounts. */
export const serviceKeyContext = (name: string): SealContext => ({
  account: LOCAL_ACCOUNT,
  id: name,
  kind: 'service-key',
});

/** The service key of a name, made when there is none: every node gets the same. */
export async function ensureServiceKey(
  { keys, serviceKeys }: ServiceKeyParts,
  name: string,
): Promise<DataKey> {
  const context = serviceKeyContext(name);
  const sealed =
    (await serviceKeys.read(name)) ??
    (await serviceKeys.keep(name, keys.sealDataKey(keys.createDataKey(), context)));
  return keys.openDataKey(sealed, context);
}

/** @throws FaceError `internal` when there is none, or the master key does not open it. */
export async function openServiceKey({ keys, serviceKeys }: ServiceKeyParts, name: string): Promise<DataKey> {
  const sealed = await serviceKeys.read(name);
  if (sealed === undefined) throw errors.internal('a service key is gone');
  return keys.openDataKey(sealed, serviceKeyContext(name));
}
