import type { Account, Door, Scope } from '../../domain/accounts/account.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Credential, StoredCredential } from '../../ports/accounts.ts';

/** Of an account `a`, under names that can stand beside a credential's. */
export const ACCOUNT_COLUMNS = `
  a.id as account_id, a.name, a.state, a.mode, a.limits, a.created_at as account_created_at`;

export interface AccountRow {
  readonly account_id: AccountId;
  readonly name: string;
  readonly state: Account['state'];
  readonly mode: Account['mode'];
  readonly limits: Account['limits'];
  readonly account_created_at: Date;
}

export const accountOf = (row: AccountRow): Account => ({
  id: row.account_id,
  name: row.name,
  state: row.state,
  mode: row.mode,
  limits: row.limits,
  createdAt: row.account_created_at,
});

/** Of a credential `c`, without anything secret. */
export const CREDENTIAL_COLUMNS = `
  c.id, c.account, c.door, c.identifier, c.scopes, c.created_at, c.expires_at, c.revoked_at`;

export interface CredentialRow {
  readonly id: string;
  readonly account: AccountId;
  readonly door: Door;
  readonly identifier: string;
  readonly scopes: Scope[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

export const credentialOf = (row: CredentialRow): Credential => ({
  id: row.id,
  account: row.account,
  door: row.door,
  identifier: row.identifier,
  scopes: row.scopes,
  createdAt: row.created_at,
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
});

export interface StoredCredentialRow extends CredentialRow {
  readonly secret_hash: Buffer;
  readonly sealed_secret: Buffer | null;
}

export const storedCredentialOf = (row: StoredCredentialRow): StoredCredential => ({
  ...credentialOf(row),
  secretHash: row.secret_hash,
  ...(row.sealed_secret !== null && { sealedSecret: row.sealed_secret }),
});
