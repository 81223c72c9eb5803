import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { ERASURE_RECEIPT_KEY, ensureServiceKey, type ServiceKeyParts } from '../accounts/service-key.ts';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8. @source RFC 8410, section 7. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What receipts are signed and verified with. */
export interface ReceiptKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * The Ed25519 keys of the store, made when there are none. The private one is a service key: 32 random bytes, sealed by
 * the master key.
 *
 * @throws FaceError `internal` when the master key does not open it, `unavailable`.
 */
export async function receiptKeys(parts: ServiceKeyParts): Promise<ReceiptKeys> {
  const bytes = Buffer.concat([PKCS8_HEAD, await ensureServiceKey(parts, ERASURE_RECEIPT_KEY)]);
  const privateKey = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** PEM, to be handed to whoever verifies receipts. */
export const publicKeyText = (publicKey: KeyObject): string =>
  publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** @param text as `publicKeyText` has it. @returns undefined when it is no Ed25519 public key. */
export function parsePublicKey(text: string): KeyObject | undefined {
  if (!text.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return undefined;
  try {
    const key = createPublicKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** As `SignedReceipt.keyId`. */
export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
