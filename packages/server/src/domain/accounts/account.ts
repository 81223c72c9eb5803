import type { AccountId } from '../enrolment/records.ts';

/** The APIs that credentials are made for. */
export const DOORS = ['native', 'facia', 'verihubs', 'advance'] as const;

export type Door = (typeof DOORS)[number];

/** By it a native key is told from other tokens, and found in texts where it leaked. */
export const NATIVE_KEY_PREFIX = 'fg_';

/** What a key may be used for. */
export const SCOPES = ['verify', 'enrol', 'search', 'read', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Somebody whose data nobody else sees. */
export interface Account {
  readonly id: AccountId;
  /** Of the operator's choice, unique. */
  readonly name: string;
  readonly state: 'active' | 'disabled';
  /** Quotas hold in testing mode alone. */
  readonly mode: 'live' | 'testing';
  readonly limits: AccountLimits;
  readonly createdAt: Date;
}

export interface AccountLimits {
  /** Absent: the door's default. */
  readonly requestsPerMinute: Partial<Readonly<Record<Door, number>>>;
  /** Uses left are counted from the account's beginning. Absent: unlimited. */
  readonly quotas: Partial<Readonly<Record<Quota, number>>>;
}

export const QUOTAS = ['verify', 'liveness'] as const;

export type Quota = (typeof QUOTAS)[number];

/** Who is asking, once the credentials were found right. */
export interface Principal {
  readonly account: Pick<Account, 'id' | 'mode' | 'limits'>;
  readonly door: Door;
  /**
   * Whose records these credentials reach: what an account keeps at one vendor's door is apart from what it keeps at
   * another's. The native door's are those of the account itself.
   */
  readonly space: AccountId;
  /** For the audit trail. */
  readonly credentialId: string;
  readonly scopes: readonly Scope[];
}
