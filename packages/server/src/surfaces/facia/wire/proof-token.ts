import type { ProofLink } from '../../../domain/cases/cases.ts';

/** What a request for a proof names. */
export interface NamedLink {
  readonly id: string;
  /** Seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
}

const SIGNATURE_BYTES = 32;
const EXPIRES_BYTES = 4;
const ID_BYTES = 12;

/** A link in one word: base64url of signature, end and id, 64 characters without a bit to spare. */
export function tokenOf({ id, expiresAt, signature }: ProofLink): string {
  const expires = Buffer.alloc(EXPIRES_BYTES);
  expires.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000));
  return Buffer.concat([Buffer.from(signature, 'hex'), expires, Buffer.from(id, 'hex')]).toString(
    'base64url',
  );
}

/** Undefined for what cannot be one. */
export function linkIn(token: string): NamedLink | undefined {
  if (!/^[\w-]{64}$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return {
    signature: bytes.toString('hex', 0, SIGNATURE_BYTES),
    expires: `${bytes.readUInt32BE(SIGNATURE_BYTES)}`,
    id: bytes.toString('hex', bytes.length - ID_BYTES),
  };
}
