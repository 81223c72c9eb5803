import { createHmac } from 'node:crypto';
import type { StoredCallback } from '../../ports/callbacks.ts';
import type { DataKey, Keys, SealContext } from '../../ports/keys.ts';
import {
  accountKeyName,
  ensureServiceKey,
  openServiceKey,
  type ServiceKeyParts,
} from '../accounts/service-key.ts';
import type { CallbackAddress } from './callback.ts';

type Owner = Pick<CallbackAddress, 'account' | 'door'>;

const contextOf = ({ account, door }: Owner): SealContext => ({ account, id: door, kind: 'callback-secret' });

/** Sealed with the account's own key, which the master key seals: a rotation of that one covers it. */
export async function sealCallbackSecret(
  parts: ServiceKeyParts,
  owner: Owner,
  secret: string,
): Promise<Uint8Array> {
  const key = await ensureServiceKey(parts, accountKeyName(owner.account));
  return parts.keys.seal(key, Buffer.from(secret, 'utf8'), contextOf(owner));
}

/** @returns signs texts. @throws FaceError `internal` when the secret does not open, `unavailable`. */
export async function callbackSigner(
  parts: ServiceKeyParts,
  callback: Owner & Pick<StoredCallback, 'sealedSecret'>,
): Promise<(text: string) => string> {
  const key = await openServiceKey(parts, accountKeyName(callback.account));
  const secret = openSecret(parts.keys, key, callback);
  return (text) => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}

const openSecret = (
  keys: Keys,
  key: DataKey,
  { sealedSecret, ...owner }: Owner & Pick<StoredCallback, 'sealedSecret'>,
): Uint8Array => keys.open(key, sealedSecret, contextOf(owner));
