import type { AccountStore, CredentialKey, KnownCredential } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Principal } from './account.ts';
import type { Authentication } from './authentication.ts';
import { createDecoy } from './decoy.ts';
import { openSecret } from './issue-credentials.ts';
import { hashOf, isSameHash } from './secrets.ts';
import {
  accountKeyName,
  ensureServiceKey,
  openServiceKey,
  type ServiceKeyParts,
  TOKEN_KEY,
} from './service-key.ts';
import { spaceOf } from './space-of.ts';
import { createTokens } from './tokens.ts';

export interface AuthenticationParts extends ServiceKeyParts {
  readonly store: AccountStore;
  readonly clock: Clock;
}

/**
 * Where nothing is found, a decoy that nobody has the secret of is looked at in its place: the same work is done
 * whether an identifier is known or not.
 *
 * @throws FaceError `internal` when the master key is not the one that sealed the key of the tokens, `unavailable`.
 */
export async function createAuthentication(parts: AuthenticationParts): Promise<Authentication> {
  const { store, clock } = parts;
  const tokens = createTokens(await ensureServiceKey(parts, TOKEN_KEY), clock);
  const decoy = await createDecoy(parts);

  /** @param isRight asked once, of what was found or of the decoy. */
  const admit = async (by: CredentialKey, isRight: IsRight): Promise<Principal | undefined> => {
    const found = await store.find(by);
    const right = await isRight(found ?? decoy);
    const holds = holdsAt(found ?? decoy, clock.now());
    return found !== undefined && right && holds ? principalOf(found) : undefined;
  };

  return {
    byPair: (door, identifier, secret) => {
      const hash = hashOf(secret);
      return admit({ door, identifier }, async ({ credential }) => isSameHash(credential.secretHash, hash));
    },
    bySecret: (door, secret) => {
      const secretHash = hashOf(secret);
      return admit({ door, secretHash }, async ({ credential }) =>
        isSameHash(credential.secretHash, secretHash),
      );
    },
    byProof: (door, identifier, proves) =>
      admit({ door, identifier }, async (known) => {
        const { secret, isReal } = await secretOf(parts, known, decoy);
        return proves(secret) && isReal;
      }),
    issueToken: ({ account, door, credentialId }, lifetimeSeconds) =>
      tokens.issue({ account: account.id, door, credentialId }, lifetimeSeconds),
    byToken: async (door, token) => {
      const claims = await tokens.read(door, token);
      if (claims === undefined) return undefined;
      return admit(
        { id: claims.credentialId },
        async ({ credential }) => credential.door === door && credential.account === claims.account,
      );
    },
  };
}

type IsRight = (known: KnownCredential) => Promise<boolean>;

const holdsAt = ({ credential, account }: KnownCredential, now: Date): boolean =>
  account.state === 'active' &&
  credential.revokedAt === undefined &&
  (credential.expiresAt === undefined || credential.expiresAt > now);

/** A credential of a door where none is sealed has no secret to prove; the decoy's is proved in vain. */
async function secretOf(parts: AuthenticationParts, known: KnownCredential, decoy: KnownCredential) {
  const isReal = known.credential.sealedSecret !== undefined;
  const { account, id, sealedSecret } = (isReal ? known : decoy).credential;
  const key = await openServiceKey(parts, accountKeyName(account));
  const secret = openSecret(parts.keys, key, { account, id, sealed: sealedSecret ?? new Uint8Array() });
  return { secret, isReal };
}

const principalOf = ({ account, credential }: KnownCredential): Principal => {
  const { id, mode, limits } = account;
  const { id: credentialId, door, scopes } = credential;
  return { account: { id, mode, limits }, door, space: spaceOf(id, door), credentialId, scopes };
};
