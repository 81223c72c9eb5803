import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { ErasureReceipt, SignedReceipt } from './erasure-receipt.ts';
import { keyIdOf, type ReceiptKeys } from './receipt-key.ts';

/** @source RFC 8032 (Ed25519). */
export function signReceipt(receipt: ErasureReceipt, { privateKey, publicKey }: ReceiptKeys): SignedReceipt {
  const unsigned = { ...receipt, keyId: keyIdOf(publicKey) };
  return { ...unsigned, signature: sign(null, bytesOf(unsigned), privateKey).toString('hex') };
}

export type ReceiptVerdict =
  | { readonly outcome: 'genuine'; readonly receipt: SignedReceipt }
  | { readonly outcome: 'altered' | 'other-key' | 'not-a-receipt' };

const SIGNATURE = /^[0-9a-f]{128}$/;

/** Whether a receipt is as the holder of the private key signed it. Needs no store. @param text as it was printed. */
export function verifyReceipt(text: string, publicKey: KeyObject): ReceiptVerdict {
  const claimed = parse(text);
  if (claimed === undefined) return { outcome: 'not-a-receipt' };
  if (claimed.keyId !== keyIdOf(publicKey)) return { outcome: 'other-key' };
  const { signature, ...unsigned } = claimed;
  const isSigned =
    SIGNATURE.test(signature) && verify(null, bytesOf(unsigned), publicKey, Buffer.from(signature, 'hex'));
  return isSigned && isSaidOnce(text, claimed)
    ? { outcome: 'genuine', receipt: claimed }
    : { outcome: 'altered' };
}

function parse(text: string): SignedReceipt | undefined {
  try {
    const { keyId, signature, ...others } = Object(JSON.parse(text));
    if (typeof keyId !== 'string' || typeof signature !== 'string') return undefined;
    return { ...others, keyId, signature };
  } catch {
    return undefined;
  }
}

/** A member that is there twice would be read as one thing by people and as another by us. */
const isSaidOnce = (text: string, parsed: object): boolean =>
  withoutSpace(text).length === withoutSpace(JSON.stringify(parsed)).length;

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '');

const bytesOf = (unsigned: object): Buffer => Buffer.from(canonicalJson(unsigned), 'utf8');
