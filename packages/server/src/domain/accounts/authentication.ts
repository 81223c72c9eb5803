import type { Door, Principal } from './account.ts';

/**
 * Tells who is asking.
 *
 * Undefined is the one refusal, whether the credentials are unknown, wrong, revoked, or their account disabled, and it
 * takes as long whichever it is. Revocation and rotation hold from the next call on, on every node.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface Authentication {
  /** By an identifier and its secret, both as they were sent. */
  byPair(door: Door, identifier: string, secret: string): Promise<Principal | undefined>;
  /** By a secret that needs no identifier. */
  bySecret(door: Door, secret: string): Promise<Principal | undefined>;
  /** By proof of knowing a secret. @param proves whether what the caller sent could only be made with this secret. */
  byProof(
    door: Door,
    identifier: string,
    proves: (secret: string) => boolean,
  ): Promise<Principal | undefined>;
  /** A JWT that stands for the principal at its door until it expires or its credentials are revoked. */
  issueToken(principal: Principal, lifetimeSeconds: number): Promise<IssuedToken>;
  byToken(door: Door, token: string): Promise<Principal | undefined>;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}
