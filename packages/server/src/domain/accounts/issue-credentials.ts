import type { StoredCredential } from '../../ports/accounts.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import type { AccountId } from '../enrolment/records.ts';
import { type Door, NATIVE_KEY_PREFIX, type Scope } from './account.ts';
import type { IssuedCredential } from './accounts.ts';
import { drawIdentifier, drawSecret, hashOf } from './secrets.ts';

/** Signatures of requests (advance) or of our own calls (facia) need the secret itself. */
const SIGNING_DOORS: readonly Door[] = ['advance', 'facia'];

/** Everything. */
export const ALL_SCOPES: readonly Scope[] = ['admin'];

export interface NewCredential {
  readonly issued: IssuedCredential;
  readonly stored: StoredCredential;
}

export interface Issuing {
  readonly account: AccountId;
  /** The account's own. */
  readonly key: DataKey;
  readonly keys: Keys;
  readonly scopes: readonly Scope[];
  nextId(): string;
  readonly now: Date;
}

export function issueCredential(
  door: Door,
  { account, key, keys, scopes, nextId, now }: Issuing,
): NewCredential {
  const issued = draw(door);
  const id = nextId();
  const isSealed = SIGNING_DOORS.includes(door);
  return {
    issued,
    stored: {
      id,
      account,
      door,
      identifier: issued.identifier,
      scopes,
      createdAt: now,
      secretHash: hashOf(issued.secret),
      ...(isSealed && { sealedSecret: sealSecret(keys, key, { account, id, secret: issued.secret }) }),
    },
  };
}

function draw(door: Door): IssuedCredential {
  const identifier = drawIdentifier();
  const secret = drawSecret();
  return {
    door,
    identifier,
    secret: door === 'native' ? `${NATIVE_KEY_PREFIX}${identifier}_${secret}` : secret,
  };
}

interface SecretOf {
  readonly account: AccountId;
  /** Of the credential. */
  readonly id: string;
}

const sealSecret = (
  keys: Keys,
  key: DataKey,
  { account, id, secret }: SecretOf & { readonly secret: string },
): Uint8Array => keys.seal(key, Buffer.from(secret, 'utf8'), { account, id, kind: 'secret' });

/** @throws FaceError `internal` when it does not open. */
export function openSecret(
  keys: Keys,
  key: DataKey,
  { account, id, sealed }: SecretOf & { readonly sealed: Uint8Array },
): string {
  return Buffer.from(keys.open(key, sealed, { account, id, kind: 'secret' })).toString('utf8');
}
