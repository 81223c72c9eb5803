import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Account } from '../domain/accounts/account.ts';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { AccountStore, StoredCredential } from './accounts.ts';

const NOW = new Date(1_800_000_000_000);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

const newAccount = (rest: Partial<Account> = {}): Account => ({
  id: randomUUID() as AccountId,
  name: `account-${randomUUID()}`,
  state: 'active',
  mode: 'live',
  limits: { requestsPerMinute: {}, quotas: {} },
  createdAt: NOW,
  ...rest,
});

const credentialOf = ({ id }: Account, rest: Partial<StoredCredential> = {}): StoredCredential => ({
  id: randomUUID(),
  account: id,
  door: 'facia',
  identifier: randomUUID(),
  secretHash: Uint8Array.from(randomBytes(32)),
  scopes: ['admin'],
  createdAt: NOW,
  ...rest,
});

/** The promises of the AccountStore port. Everything may lie in one store. */
export function accountStoreContract(name: string, open: () => AccountStore): void {
  const listed = async (id: AccountId, now = NOW) =>
    (await open().list(now)).find((account) => account.id === id);
  const found = async (credential: StoredCredential) =>
    (await open().find({ id: credential.id }))?.credential;

  describe(`${name} keeps the promises of AccountStore`, () => {
    it('gives an account back as it was given, by its name and by its credentials', async () => {
      const limits = { requestsPerMinute: { facia: 60 }, quotas: { verify: 1000 } };
      const account = newAccount({ mode: 'testing', limits });
      const sealedSecret = Uint8Array.of(1, 2, 3);
      const credential = credentialOf(account, { sealedSecret, scopes: ['verify', 'read'] });
      expect(await open().create(account, [credential])).toBe(true);
      expect(await open().byName(account.name)).toEqual(account);
      const { door, identifier, secretHash } = credential;
      for (const by of [{ id: credential.id }, { door, identifier }, { door, secretHash }]) {
        const known = await open().find(by);
        expect(known?.account).toEqual(account);
        expect({
          ...known?.credential,
          secretHash: Uint8Array.from(known?.credential.secretHash ?? []),
          sealedSecret: Uint8Array.from(known?.credential.sealedSecret ?? []),
        }).toEqual(credential);
      }
    });

    it('finds nothing of another door, another case, or a text that no database holds', async () => {
      const account = newAccount();
      const { identifier, secretHash, id } = credentialOf(account);
      await open().create(account, [credentialOf(account, { identifier, secretHash, id })]);
      const strangers = [
        { door: 'advance', identifier } as const,
        { door: 'advance', secretHash } as const,
        { door: 'facia', identifier: identifier.toUpperCase() } as const,
        { door: 'facia', identifier: `${identifier}\0` } as const,
        { door: 'facia', identifier: "' or true --" } as const,
        { id: "' or true --" },
        { id: randomUUID() },
      ];
      for (const by of strangers) expect(await open().find(by)).toBeUndefined();
      expect(await open().byName(account.name.toUpperCase())).toBeUndefined();
    });

    it('makes one account of an id and of a name, whoever comes at once, with its credentials alone', async () => {
      const [{ id }, { name }] = [newAccount(), newAccount()];
      for (const same of [{ id }, { name }]) {
        const rivals = Array.from({ length: 8 }, () => newAccount(same));
        const made = await Promise.all(
          rivals.map((account) => open().create(account, [credentialOf(account)])),
        );
        expect(made.filter(Boolean)).toHaveLength(1);
        const winner = rivals[made.indexOf(true)];
        expect((await listed(winner?.id ?? id))?.credentials).toHaveLength(1);
      }
    });

    it('changes what is named and leaves the rest', async () => {
      const account = newAccount();
      await open().create(account, []);
      const limits = { requestsPerMinute: { advance: 7 }, quotas: {} };
      expect(await open().change(account.id, { state: 'disabled' })).toBe(true);
      expect(await open().change(account.id, { mode: 'testing', limits })).toBe(true);
      expect(await open().byName(account.name)).toEqual({
        ...account,
        state: 'disabled',
        mode: 'testing',
        limits,
      });
      expect(await open().change(randomUUID() as AccountId, { state: 'active' })).toBe(false);
    });

    it('replaces credentials of the doors named: earlier ones end later, or now', async () => {
      const account = newAccount();
      const [facia, advance] = [credentialOf(account), credentialOf(account, { door: 'advance' })];
      await open().create(account, [facia, advance]);
      const next = credentialOf(account, { createdAt: later(1) });
      const base = { account: account.id, now: later(1) };
      await open().replaceCredentials({ ...base, credentials: [next], earlierExpireAt: later(60) });
      expect((await found(facia))?.expiresAt).toEqual(later(60));
      expect((await found(advance))?.expiresAt).toBeUndefined();
      expect((await listed(account.id, later(59)))?.credentials).toHaveLength(3);
      expect((await listed(account.id, later(60)))?.credentials).toHaveLength(2);

      const last = credentialOf(account, { createdAt: later(2) });
      await open().replaceCredentials({ ...base, credentials: [last], earlierExpireAt: later(90) });
      expect((await found(facia))?.expiresAt).toEqual(later(60));
      expect((await found(next))?.expiresAt).toEqual(later(90));

      const only = credentialOf(account, { createdAt: later(3) });
      await open().replaceCredentials({ ...base, credentials: [only] });
      expect((await found(next))?.revokedAt).toEqual(later(1));
      const remaining = (await listed(account.id, later(3)))?.credentials ?? [];
      expect(remaining.map(({ id }) => id)).toEqual([advance.id, only.id]);
    });

    it('finds those of a door that hold, the newest first, with their secrets', async () => {
      const account = newAccount();
      const sealed = (letter: number, seconds: number) =>
        credentialOf(account, { sealedSecret: Uint8Array.of(letter), createdAt: later(seconds) });
      const [first, second, third] = [sealed(1, 0), sealed(2, 1), sealed(3, 2)];
      await open().create(account, [first, credentialOf(account, { door: 'advance' })]);
      const other = newAccount();
      await open().create(other, [credentialOf(other)]);
      const held = async (seconds: number) => {
        const owner = { account: account.id, door: 'facia' } as const;
        const credentials = await open().holding(owner, later(seconds));
        return credentials.map(({ id, sealedSecret = [] }) => [id, ...sealedSecret]);
      };
      expect(await held(0)).toEqual([[first.id, 1]]);

      const base = { account: account.id, now: later(2) };
      await open().replaceCredentials({ ...base, credentials: [second], earlierExpireAt: later(60) });
      await open().replaceCredentials({ ...base, credentials: [third], earlierExpireAt: later(90) });
      const [one, two, three] = [first, second, third].map(({ id }, i) => [id, i + 1]);
      expect(await held(59)).toEqual([three, two, one]);
      expect(await held(60)).toEqual([three, two]);
      expect(await held(90)).toEqual([three]);

      await open().change(account.id, { state: 'disabled' });
      expect(await held(59)).toEqual([]);
      await open().change(account.id, { state: 'active' });
      const only = sealed(4, 3);
      await open().replaceCredentials({ ...base, credentials: [only] });
      expect(await held(3)).toEqual([[only.id, 4]]);
    });

    it('tells the newest of two made in one millisecond, and holds none of an account that is not there', async () => {
      const account = newAccount();
      const [earlier, next] = [credentialOf(account), credentialOf(account)];
      await open().create(account, [earlier]);
      const replacement = { account: account.id, credentials: [next], now: NOW };
      await open().replaceCredentials({ ...replacement, earlierExpireAt: later(60) });
      const held = await open().holding({ account: account.id, door: 'facia' }, NOW);
      expect(held.map(({ id }) => id)).toEqual([next.id, earlier.id]);
      const nobody = { account: randomUUID() as AccountId, door: 'facia' } as const;
      expect(await open().holding(nobody, NOW)).toEqual([]);
    });

    it('replaces nothing when one of the new ones cannot be', async () => {
      const account = newAccount();
      const before = credentialOf(account);
      await open().create(account, [before]);
      const twin = credentialOf(account, { identifier: before.identifier });
      const replacing = open().replaceCredentials({ account: account.id, credentials: [twin], now: NOW });
      await expect(replacing).rejects.toMatchObject({ code: 'internal' });
      expect((await found(before))?.revokedAt).toBeUndefined();
    });

    it('lists the earliest first and shows no secret', async () => {
      const [second, first] = [newAccount({ createdAt: later(-5) }), newAccount({ createdAt: later(-6) })];
      for (const account of [second, first]) await open().create(account, [credentialOf(account)]);
      const all = await open().list(NOW);
      const ids = all.map(({ id }) => id).filter((id) => [first.id, second.id].includes(id));
      expect(ids).toEqual([first.id, second.id]);
      expect(Object.keys(all.flatMap(({ credentials }) => credentials)[0] ?? {})).not.toContain('secretHash');
    });
  });
}
