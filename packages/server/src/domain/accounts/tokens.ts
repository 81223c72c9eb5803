import { hkdfSync, randomUUID } from 'node:crypto';
import { errors as joseErrors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../ports/clock.ts';
import type { DataKey } from '../../ports/keys.ts';
import type { Door } from './account.ts';
import type { IssuedToken } from './authentication.ts';

/** What a token says: who may use it where. Nothing of it is secret. */
interface TokenClaims {
  readonly door: Door;
  readonly account: string;
  readonly credentialId: string;
}

/** Signed tokens that every node with the same key takes. */
export interface Tokens {
  issue(claims: TokenClaims, lifetimeSeconds: number): Promise<IssuedToken>;
  /** @returns undefined unless it was issued for this door, is unchanged, and neither over nor not yet valid. */
  read(door: Door, token: string): Promise<TokenClaims | undefined>;
}

const ISSUER = 'facegate';
/** The one taken, whatever a token's head says. */
const ALGORITHM = 'HS256';
const KEY_BYTES = 32;
/** Longer ones are none of ours. */
const TOKEN_LENGTH_MAX = 2048;

/**
 * JSON Web Tokens (RFC 7519), HMAC with SHA-256, without leeway: clocks of nodes that share accounts must agree to the
 * second where lifetimes are to be exact.
 *
 * @param secret the signing key is derived from it (HKDF, RFC 5869).
 */
export function createTokens(secret: DataKey, clock: Clock): Tokens {
  const key = signingKeyOf(secret);
  return {
    issue: async ({ door, account, credentialId }, lifetimeSeconds) => {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      const expiresAt = issuedAt + lifetimeSeconds;
      const token = await new SignJWT({ credential: credentialId })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(door)
        .setSubject(account)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },

    read: async (door, token) => {
      if (token.length > TOKEN_LENGTH_MAX || !isCanonical(token)) return undefined;
      const claims = await verified(token, key, { door, now: clock.now() });
      return typeof claims?.sub === 'string' && typeof claims['credential'] === 'string'
        ? { door, account: claims.sub, credentialId: claims['credential'] }
        : undefined;
    },
  };
}

/** Its only use. */
export const signingKeyOf = (secret: DataKey): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'facegate token HS256', KEY_BYTES));

async function verified(token: string, key: Uint8Array, { door, now }: { door: Door; now: Date }) {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: 'JWT',
      issuer: ISSUER,
      audience: door,
      requiredClaims: ['sub', 'exp', 'iat', 'jti', 'credential'],
      clockTolerance: 0,
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return undefined;
    throw error;
  }
}

/** The last character of a base64 text has bits to spare: changed there, the text would still mean the same bytes. */
const isCanonical = (token: string): boolean =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
