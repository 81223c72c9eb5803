import type { Pool } from 'pg';
import type { Account } from '../../domain/accounts/account.ts';
import type {
  AccountStore,
  CredentialKey,
  KnownCredential,
  Replacement,
  StoredCredential,
} from '../../ports/accounts.ts';
import {
  ACCOUNT_COLUMNS,
  type AccountRow,
  accountOf,
  CREDENTIAL_COLUMNS,
  type CredentialRow,
  credentialOf,
  type StoredCredentialRow,
  storedCredentialOf,
} from './account-rows.ts';
import { HOLDS, heldCredentials } from './held-credentials.ts';
import { isUuid, type Session } from './session.ts';
import { runTransaction } from './transaction.ts';
import { withFaceErrors } from './with-face-errors.ts';

/** The AccountStore port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createAccountStore(pool: Pool): AccountStore {
  const reading = withFaceErrors(pool);
  return {
    create: (account, credentials) =>
      runTransaction(pool, async (session) => {
        if (!(await insertAccount(session, account))) return false;
        await insertCredentials(session, credentials);
        return true;
      }),

    byName: async (name) => {
      const { rows } = await reading.query<AccountRow>(
        `select ${ACCOUNT_COLUMNS} from facegate.account a where a.name = $1`,
        [name],
      );
      return rows.map(accountOf)[0];
    },

    list: (now) => list(reading, now),

    change: async (id, { state, mode, limits }) => {
      const { rowCount } = await reading.query(
        `update facegate.account set state = coalesce($2, state), mode = coalesce($3, mode),
           limits = coalesce($4::json, limits) where id = $1`,
        [id, state ?? null, mode ?? null, limits === undefined ? null : JSON.stringify(limits)],
      );
      return rowCount === 1;
    },

    replaceCredentials: (replacement) =>
      runTransaction(pool, async (session) => {
        await endEarlier(session, replacement);
        await insertCredentials(session, replacement.credentials);
      }),

    find: (by) => find(reading, by),
    holding: (owner, now) => heldCredentials(reading, owner, now),
  };
}

async function insertAccount(session: Session, account: Account): Promise<boolean> {
  const { id, name, state, mode, limits, createdAt } = account;
  const { rowCount } = await session.query(
    `insert into facegate.account (id, name, state, mode, limits, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [id, name, state, mode, JSON.stringify(limits), createdAt],
  );
  return rowCount === 1;
}

async function insertCredentials(session: Session, credentials: readonly StoredCredential[]): Promise<void> {
  for (const credential of credentials) {
    await session.query(
      `insert into facegate.credential
         (id, account, door, identifier, secret_hash, sealed_secret, scopes, created_at, expires_at, revoked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        credential.id,
        credential.account,
        credential.door,
        credential.identifier,
        credential.secretHash,
        credential.sealedSecret ?? null,
        credential.scopes,
        credential.createdAt,
        credential.expiresAt ?? null,
        credential.revokedAt ?? null,
      ],
    );
  }
}

async function endEarlier(session: Session, replacement: Replacement): Promise<void> {
  const { account, credentials, earlierExpireAt, now } = replacement;
  const doors = credentials.map(({ door }) => door);
  if (earlierExpireAt === undefined) {
    await session.query(
      `update facegate.credential set revoked_at = $3
       where account = $1 and door = any ($2::text[]) and revoked_at is null`,
      [account, doors, now],
    );
  } else {
    await session.query(
      // `least` passes over a null.
      `update facegate.credential set expires_at = least(expires_at, $3::timestamptz)
       where account = $1 and door = any ($2::text[])`,
      [account, doors, earlierExpireAt],
    );
  }
}

async function list(session: Session, now: Date) {
  const accounts = await session.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from facegate.account a order by a.created_at, a.id`,
  );
  const credentials = await session.query<CredentialRow>(
    `select ${CREDENTIAL_COLUMNS} from facegate.credential c
     where ${HOLDS} order by c.created_at, c.id`,
    [now],
  );
  return accounts.rows.map((row) => ({
    ...accountOf(row),
    credentials: credentials.rows.filter(({ account }) => account === row.account_id).map(credentialOf),
  }));
}

/**
 * What nobody has costs what is there: some other credential of the door is read and put together in its place, and
 * then forgotten. Otherwise the time of a refusal, shorter by 30 µs, would tell that an identifier does not exist.
 */
async function find(session: Session, by: CredentialKey): Promise<KnownCredential | undefined> {
  const condition = conditionOf(by);
  if (condition === undefined) return undefined;
  const { rows } = await session.query<AccountRow & StoredCredentialRow & { readonly is_it: boolean }>(
    `select is_it, ${ACCOUNT_COLUMNS}, ${CREDENTIAL_COLUMNS}, c.secret_hash, c.sealed_secret
     from (
       (select true as is_it, c.* from facegate.credential c where ${condition.text})
       union all
       (select false, c.* from facegate.credential c where ${condition.standIn} limit 1)
       order by is_it desc limit 1
     ) c join facegate.account a on a.id = c.account`,
    condition.values,
  );
  const [known] = rows.map((row) => ({
    isIt: row.is_it,
    found: { account: accountOf(row), credential: storedCredentialOf(row) },
  }));
  return known?.isIt === true ? known.found : undefined;
}

interface Condition {
  readonly text: string;
  /** What may be read where nothing is found. */
  readonly standIn: string;
  readonly values: unknown[];
}

/** @returns undefined where nothing can be found: the database fails on such texts. */
function conditionOf(by: CredentialKey): Condition | undefined {
  if ('id' in by) return isUuid(by.id) ? { text: 'c.id = $1', standIn: 'false', values: [by.id] } : undefined;
  if ('secretHash' in by) {
    return {
      text: 'c.door = $1 and c.secret_hash = $2',
      standIn: 'c.door = $1',
      values: [by.door, by.secretHash],
    };
  }
  if (by.identifier.includes('\0')) return undefined;
  return {
    text: 'c.door = $1 and c.identifier = $2',
    standIn: 'c.door = $1',
    values: [by.door, by.identifier],
  };
}
