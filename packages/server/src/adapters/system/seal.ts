import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { errors } from '../../domain/errors.ts';
import type { SealContext } from '../../ports/keys.ts';

/** NIST SP 800-38D: 96-bit nonces, drawn at random; one key seals far fewer than 2^32 things. */
export const CIPHER = 'aes-256-gcm';
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** Of everything sealed so far. */
const FORMAT = 1;

/** What a seal is longer than its content, without the head. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * Seals content with AES-256-GCM: head, nonce, ciphertext, tag. Head and context are authenticated with it.
 *
 * @param head stands in the clear before the seal: how it is to be opened.
 */
export function sealWith(
  key: Uint8Array,
  content: Uint8Array,
  { head, context }: { readonly head: Uint8Array; readonly context: SealContext },
): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(associatedData(head, context));
  return Buffer.concat([head, nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** @throws FaceError `internal` when key or context are not those of the sealing, or a bit was changed. */
export function openWith(
  key: Uint8Array,
  sealed: Uint8Array,
  { headBytes, context }: { readonly headBytes: number; readonly context: SealContext },
): Buffer {
  if (sealed.length < headBytes + SEAL_BYTES) throw errors.internal('a seal is too short');
  const head = sealed.subarray(0, headBytes);
  const nonce = sealed.subarray(headBytes, headBytes + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(associatedData(head, context))
    .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const ciphertext = sealed.subarray(headBytes + NONCE_BYTES, sealed.length - TAG_BYTES);
    const content = decipher.update(ciphertext);
    decipher.final();
    return content;
  } catch (cause) {
    throw errors.internal(`a ${context.kind} does not open: wrong key, wrong place, or changed`, cause);
  }
}

/** No two contexts give the same text: an account's name is followed by its length. */
export function associatedData(head: Uint8Array, { account, id, kind }: SealContext): Buffer {
  const opening =
    head.length === 0 ? '' : Buffer.from(head.buffer, head.byteOffset, head.length).toString('hex');
  return Buffer.from(
    `facegate ${FORMAT} ${opening} ${kind} ${id.toLowerCase()} ${account} ${account.length}`,
    'utf8',
  );
}
