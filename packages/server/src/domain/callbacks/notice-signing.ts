import { createHmac } from 'node:crypto';
import type { AccountStore, StoredCredential } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import { openSecret } from '../accounts/issue-credentials.ts';
import { accountKeyName, openServiceKey, type ServiceKeyParts } from '../accounts/service-key.ts';
import type { CallbackAddress, NoticeSigning, Sign } from './callback.ts';

export interface SigningParts extends ServiceKeyParts {
  readonly accountStore: Pick<AccountStore, 'holding'>;
  readonly clock: Clock;
}

/**
 * Signs with the secrets that the account has at the door of the callback.
 *
 * @returns undefined when none holds, or the account is disabled.
 * @throws FaceError `internal` when a secret does not open, `unavailable`.
 */
export async function openNoticeSigning(
  parts: SigningParts,
  { account, door }: Pick<CallbackAddress, 'account' | 'door'>,
): Promise<NoticeSigning | undefined> {
  const at = parts.clock.now();
  const [newest, previous] = await parts.accountStore.holding({ account, door }, at);
  if (newest === undefined) return undefined;
  const key = await openServiceKey(parts, accountKeyName(account));
  const sign = signWith(parts.keys, key, newest);
  return { at, sign, ...(previous && { signPrevious: signWith(parts.keys, key, previous) }) };
}

function signWith(keys: Keys, key: DataKey, { account, id, sealedSecret }: StoredCredential): Sign {
  const secret = openSecret(keys, key, { account, id, sealed: sealedSecret ?? new Uint8Array() });
  return (text) => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}
