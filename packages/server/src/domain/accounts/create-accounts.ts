import type { AccountStore } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { type AccountId, LOCAL_ACCOUNT } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import { type Account, DOORS } from './account.ts';
import { type Accounts, type CredentialRotation, DEFAULT_NAME, type IssuedCredentials } from './accounts.ts';
import { changeLimits } from './change-limits.ts';
import { ALL_SCOPES, issueCredential, type NewCredential } from './issue-credentials.ts';
import { accountKeyName, ensureServiceKey, type ServiceKeyParts } from './service-key.ts';

export interface AccountsParts extends ServiceKeyParts {
  readonly store: AccountStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const DAY_SECONDS = 86_400;
/** Of an overlap; a century is for ever, and still a date. */
const OVERLAP_SECONDS_MAX = 100 * 366 * DAY_SECONDS;

export function createAccounts(parts: AccountsParts): Accounts {
  const { store, ids } = parts;
  const setState = async (name: string, state: Account['state']): Promise<Account> => {
    const account = await accountNamed(store, name);
    await store.change(account.id, { state });
    return { ...account, state };
  };
  return {
    create: async (name) => {
      if (!NAME.test(name)) throw errors.invalidRequest(NAME_RULE);
      const isReserved = name === DEFAULT_NAME;
      const issued = isReserved ? undefined : await open(parts, { id: ids.nextOrdered() as AccountId, name });
      if (issued === undefined) throw errors.invalidRequest('There is an account of this name already.');
      return issued;
    },
    createDefault: () => open(parts, { id: LOCAL_ACCOUNT, name: DEFAULT_NAME }),
    list: () => store.list(parts.clock.now()),
    rotate: (name, rotation) => rotate(parts, name, rotation),
    disable: (name) => setState(name, 'disabled'),
    enable: (name) => setState(name, 'active'),
    setLimits: async (name, change) => {
      const account = await accountNamed(store, name);
      const changed = changeLimits(account, change);
      await store.change(account.id, changed);
      return { ...account, ...changed };
    },
  };
}

const NAME_RULE = 'A name is 1 to 64 letters, digits, dots, hyphens and underscores.';

/** @returns undefined when the id or the name is taken. */
async function open(
  parts: AccountsParts,
  { id, name }: Pick<Account, 'id' | 'name'>,
): Promise<IssuedCredentials | undefined> {
  const createdAt = parts.clock.now();
  const limits = { requestsPerMinute: {}, quotas: {} };
  const account: Account = { id, name, state: 'active', mode: 'live', limits, createdAt };
  const credentials = await issue(parts, id, { doors: DOORS, scopes: ALL_SCOPES });
  const isNew = await parts.store.create(
    account,
    credentials.map(({ stored }) => stored),
  );
  return isNew ? shown({ id, name }, credentials) : undefined;
}

async function rotate(
  parts: AccountsParts,
  name: string,
  { doors = DOORS, overlapSeconds = DAY_SECONDS, scopes = ALL_SCOPES }: CredentialRotation = {},
): Promise<IssuedCredentials> {
  if (!isCount(overlapSeconds) || overlapSeconds > OVERLAP_SECONDS_MAX) {
    throw errors.invalidRequest('The overlap is a whole number of seconds, 0 or more.');
  }
  const { id } = await accountNamed(parts.store, name);
  const credentials = await issue(parts, id, { doors, scopes });
  const now = parts.clock.now();
  await parts.store.replaceCredentials({
    account: id,
    credentials: credentials.map(({ stored }) => stored),
    // Revoked, where they are to end at once: then no node's clock has a say in it.
    ...(overlapSeconds > 0 && { earlierExpireAt: new Date(now.getTime() + overlapSeconds * 1000) }),
    now,
  });
  return shown({ id, name }, credentials);
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

async function issue(
  parts: AccountsParts,
  account: AccountId,
  { doors, scopes }: Required<Pick<CredentialRotation, 'doors' | 'scopes'>>,
): Promise<NewCredential[]> {
  const key = await ensureServiceKey(parts, accountKeyName(account));
  const { keys, clock, ids } = parts;
  const issuing = { account, key, keys, scopes, nextId: () => ids.next(), now: clock.now() };
  return doors.map((door) => issueCredential(door, issuing));
}

const shown = (
  { id, name }: Pick<Account, 'id' | 'name'>,
  credentials: readonly NewCredential[],
): IssuedCredentials => ({
  accountId: id,
  account: name,
  credentials: credentials.map(({ issued }) => issued),
});

/** @throws FaceError `not-found` */
async function accountNamed(store: AccountStore, name: string): Promise<Account> {
  const account = await store.byName(name);
  if (account === undefined) throw errors.notFound('account');
  return account;
}
