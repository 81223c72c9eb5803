import type { Account, Door, Scope } from '../domain/accounts/account.ts';
import type { AccountId } from '../domain/enrolment/records.ts';

/**
 * Accounts and what opens their doors. Durable when resolved; nothing is cached, so that what one node ends is ended
 * for all.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface AccountStore {
  /** All of it or nothing. @returns false when there is an account of this id or name already. */
  create(account: Account, credentials: readonly StoredCredential[]): Promise<boolean>;
  byName(name: string): Promise<Account | undefined>;
  /** The earliest made first, each with those of its credentials that are not over at `now`. */
  list(now: Date): Promise<ListedAccount[]>;
  /** Absent fields stay as they are. @returns false when there is no such account. */
  change(id: AccountId, change: AccountChange): Promise<boolean>;
  /**
   * Adds credentials, and ends those that were there before at the same doors of the account; none is made to last
   * longer by this. All of it or nothing.
   */
  replaceCredentials(replacement: Replacement): Promise<void>;
  /** Whatever its state and its account's: over, revoked or disabled ones are found too. */
  find(by: CredentialKey): Promise<KnownCredential | undefined>;
  /** Those of one door that hold at `now`, the newest first; none of an account that is disabled or not there. */
  holding(owner: Pick<Credential, 'account' | 'door'>, now: Date): Promise<StoredCredential[]>;
}

type AccountChange = Partial<Pick<Account, 'state' | 'mode' | 'limits'>>;

export interface Credential {
  /** UUID. */
  readonly id: string;
  readonly account: AccountId;
  readonly door: Door;
  /** Public; no two of one door are alike. */
  readonly identifier: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

export interface StoredCredential extends Credential {
  /** SHA-256. No two of one door are alike. */
  readonly secretHash: Uint8Array;
  /** Where signatures need the secret itself. */
  readonly sealedSecret?: Uint8Array;
}

export interface ListedAccount extends Account {
  readonly credentials: readonly Credential[];
}

export interface Replacement {
  readonly account: AccountId;
  readonly credentials: readonly StoredCredential[];
  /** When the earlier ones end. Absent: they are revoked now. */
  readonly earlierExpireAt?: Date;
  readonly now: Date;
}

export type CredentialKey =
  | { readonly id: string }
  | { readonly door: Door; readonly identifier: string }
  | { readonly door: Door; readonly secretHash: Uint8Array };

export interface KnownCredential {
  readonly credential: StoredCredential;
  readonly account: Account;
}
