import type { ListedAccount } from '../../ports/accounts.ts';
import type { AccountId } from '../enrolment/records.ts';
import type { Account, AccountLimits, Door, Scope } from './account.ts';

/** Of the account that is made at the first start; nobody may take its name before. */
export const DEFAULT_NAME = 'default';

/**
 * What an operator does with accounts.
 *
 * Every operation may throw FaceError `unavailable`, and `not-found` where it names an account that is not there.
 */
export interface Accounts {
  /**
   * Makes an account with credentials for every door.
   *
   * @param name 1 to 64 letters, digits, dots, hyphens or underscores; unique.
   * @throws FaceError `invalid-request` for another name, or one that is taken.
   */
  create(name: string): Promise<IssuedCredentials>;
  /**
   * Makes the account that an open door stands for, with credentials for every door.
   *
   * @returns undefined when it is there already; of nodes that start at once one gets the credentials.
   */
  createDefault(): Promise<IssuedCredentials | undefined>;
  /** The earliest made first, each with the credentials that hold now. */
  list(): Promise<readonly ListedAccount[]>;
  /**
   * Issues new credentials, beside which the earlier ones of the same doors hold for a time.
   *
   * @param rotation.overlapSeconds 0: they end at once, and with them their tokens. @default a day
   * @param rotation.doors          @default all
   * @param rotation.scopes         what the new ones may be used for. @default all
   */
  rotate(name: string, rotation?: CredentialRotation): Promise<IssuedCredentials>;
  /** Shuts every door of the account, at once; its data stay. Doing it again changes nothing. */
  disable(name: string): Promise<Account>;
  enable(name: string): Promise<Account>;
  /** @throws FaceError `invalid-request` for a number that is not whole or below 0. */
  setLimits(name: string, change: LimitsChange): Promise<Account>;
}

/** Told once: afterwards the server itself does not know the secrets. */
export interface IssuedCredentials {
  readonly accountId: AccountId;
  /** Its name. */
  readonly account: string;
  readonly credentials: readonly IssuedCredential[];
}

export interface IssuedCredential {
  readonly door: Door;
  readonly identifier: string;
  readonly secret: string;
}

export interface CredentialRotation {
  readonly doors?: readonly Door[];
  readonly overlapSeconds?: number;
  readonly scopes?: readonly Scope[];
}

/** Absent entries stay as they are; null is back to the default. */
export interface LimitsChange {
  readonly mode?: Account['mode'];
  readonly requestsPerMinute?: Changes<AccountLimits['requestsPerMinute']>;
  readonly quotas?: Changes<AccountLimits['quotas']>;
}

type Changes<Limits> = { readonly [Name in keyof Limits]?: Limits[Name] | null };
