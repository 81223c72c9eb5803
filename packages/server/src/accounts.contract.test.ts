import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { issuedFor, openAccounts } from './accounts-under-test.contract.ts';
import { DOORS, type Principal } from './domain/accounts/account.ts';
import type { IssuedCredential } from './domain/accounts/accounts.ts';
import { useServer, useStore } from './server-in-use.contract.ts';
import { openStore } from './store-under-test.contract.ts';

const server = useServer();
const store = useStore(server);

let named = 0;
const newName = () => `account-${++named}`;

/** An account of its own on the shared store. */
async function opened() {
  const node = await openAccounts(store);
  const name = newName();
  const issued = await node.accounts.create(name);
  const by = (credential: IssuedCredential) =>
    node.authentication.byPair(credential.door, credential.identifier, credential.secret);
  return { ...node, name, issued, by };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const signed = (identifier: string) => (secret: string) => sha256(`${identifier}${secret}1`);

describe('credentials', () => {
  it.each(DOORS)('of the %s door tell who is asking, there and nowhere else', async (door) => {
    const { authentication, issued } = await opened();
    const { identifier, secret } = issuedFor(issued, door);
    const principal = await authentication.byPair(door, identifier, secret);
    expect(principal).toMatchObject({ door, scopes: ['admin'], account: { mode: 'live' } });
    expect(principal?.space).toBe(
      door === 'native' ? principal?.account.id : `${principal?.account.id}/${door}`,
    );
    expect(await authentication.bySecret(door, secret)).toEqual(principal);
    for (const other of DOORS.filter((one) => one !== door)) {
      expect(await authentication.byPair(other, identifier, secret)).toBeUndefined();
      expect(await authentication.bySecret(other, secret)).toBeUndefined();
    }
  });

  it('are of at least 256 random bits, and a native key is recognised in a text', async () => {
    const { issued } = await opened();
    for (const door of ['facia', 'verihubs', 'advance'] as const) {
      expect(issuedFor(issued, door)).toEqual({
        door,
        identifier: expect.stringMatching(/^[0-9A-Za-z]{20}$/),
        secret: expect.stringMatching(/^[0-9A-Za-z]{43}$/),
      });
    }
    const native = issuedFor(issued, 'native');
    expect(native.secret).toMatch(new RegExp(`^fg_${native.identifier}_[0-9A-Za-z]{43}$`));
  });

  it('open nothing with any one character changed, left out or added', async () => {
    const { authentication, issued } = await opened();
    const { secret, identifier } = issuedFor(issued, 'native');
    for (let at = 0; at < secret.length; at++) {
      const flipped = String.fromCharCode(secret.charCodeAt(at) ^ 1);
      const changed = `${secret.slice(0, at)}${flipped}${secret.slice(at + 1)}`;
      expect(await authentication.bySecret('native', changed)).toBeUndefined();
      expect(await authentication.byPair('native', identifier, changed)).toBeUndefined();
    }
    for (const other of [
      '',
      ' ',
      secret.slice(1),
      secret.slice(0, -1),
      `${secret} `,
      `${secret}\0`,
      secret.toLowerCase(),
    ]) {
      expect(await authentication.bySecret('native', other)).toBeUndefined();
    }
  });

  it('prove themselves by a signature where the secret is kept for that', async () => {
    const { authentication, issued } = await opened();
    const { identifier, secret } = issuedFor(issued, 'advance');
    const sign = signed(identifier);
    const proves = (known: string) => sign(known) === sign(secret);
    expect(await authentication.byProof('advance', identifier, proves)).toMatchObject({ door: 'advance' });
    expect(await authentication.byProof('advance', identifier, () => false)).toBeUndefined();
    expect(await authentication.byProof('advance', `${identifier}x`, () => true)).toBeUndefined();
    expect(await authentication.byProof('facia', identifier, () => true)).toBeUndefined();
    const verihubs = issuedFor(issued, 'verihubs');
    expect(await authentication.byProof('verihubs', verihubs.identifier, () => true)).toBeUndefined();
  });

  it('lie in the database neither in the clear nor under a key that is there', async () => {
    const { issued } = await opened();
    const { rows } = await store.pool.query(
      'select c::text as text from facegate.credential c union all select k::text from facegate.service_key k union all select a::text from facegate.account a',
    );
    const all = rows.map(({ text }) => text).join('\n');
    for (const { secret, identifier } of issued.credentials) {
      expect(all).toContain(identifier);
      for (const form of [
        secret,
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64'),
      ]) {
        expect(all).not.toContain(form);
      }
    }
  });

  it('take the same path whether the identifier is known or not', async () => {
    const { authentication, issued } = await opened();
    const comparing = vi.spyOn(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    onTestFinished(() => {
      comparing.mockRestore();
      syncBuiltinESMExports();
    });
    const { identifier, secret } = issuedFor(issued, 'verihubs');
    const comparisons = async (work: () => Promise<Principal | undefined>) => {
      comparing.mockClear();
      await work();
      return comparing.mock.calls.length;
    };
    expect(await comparisons(() => authentication.byPair('verihubs', identifier, secret))).toBe(1);
    expect(await comparisons(() => authentication.byPair('verihubs', identifier, `${secret}x`))).toBe(1);
    expect(await comparisons(() => authentication.byPair('verihubs', 'nobody', secret))).toBe(1);
    expect(await comparisons(() => authentication.bySecret('verihubs', secret))).toBe(1);
    expect(await comparisons(() => authentication.bySecret('verihubs', 'nothing'))).toBe(1);

    const proofs = async (door: 'advance' | 'verihubs', name: string) => {
      const secrets: string[] = [];
      await authentication.byProof(door, name, (known) => secrets.push(known) > 0);
      return secrets.map(({ length }) => length);
    };
    expect(await proofs('advance', issuedFor(issued, 'advance').identifier)).toEqual([43]);
    expect(await proofs('advance', 'nobody')).toEqual([43]);
    expect(await proofs('verihubs', identifier)).toEqual([43]);
  });
});

describe('a rotation of credentials', () => {
  it('lets the earlier ones hold for the overlap, and not a moment longer', async () => {
    const { accounts, authentication, pass, name, issued, by } = await opened();
    const next = await accounts.rotate(name, { overlapSeconds: 60 });
    expect(next.credentials.map(({ door }) => door)).toEqual(DOORS);
    const [before, after] = [issuedFor(issued, 'facia'), issuedFor(next, 'facia')];
    const { token } = await authentication.issueToken((await by(before)) as Principal, 3600);
    pass(59);
    expect(await by(before)).toBeDefined();
    expect(await by(after)).toBeDefined();
    expect(await authentication.byToken('facia', token)).toBeDefined();
    pass(1);
    expect(await by(before)).toBeUndefined();
    expect(await authentication.byToken('facia', token)).toBeUndefined();
    expect(await by(after)).toBeDefined();
  });

  it('takes a day unless it is told otherwise', async () => {
    const { accounts, pass, name, issued, by } = await opened();
    await accounts.rotate(name);
    pass(86_399);
    expect(await by(issuedFor(issued, 'native'))).toBeDefined();
    pass(1);
    expect(await by(issuedFor(issued, 'native'))).toBeUndefined();
  });

  it('without an overlap ends them at once on every node, their tokens too, at that door alone', async () => {
    const { accounts, authentication, name, issued, by } = await opened();
    const other = await openAccounts(store);
    const { token } = await authentication.issueToken(
      (await by(issuedFor(issued, 'facia'))) as Principal,
      60,
    );
    expect(await other.authentication.byToken('facia', token)).toBeDefined();
    await accounts.rotate(name, { doors: ['facia'], overlapSeconds: 0 });
    const { secret } = issuedFor(issued, 'facia');
    for (const node of [authentication, other.authentication]) {
      expect(await node.byToken('facia', token)).toBeUndefined();
      expect(await node.bySecret('facia', secret)).toBeUndefined();
    }
    expect(await by(issuedFor(issued, 'native'))).toBeDefined();
  });

  it.each([-1, 0.5, Number.NaN, 1e12])('of an overlap of %d seconds is refused', async (overlapSeconds) => {
    const { accounts, name, issued, by } = await opened();
    await expect(accounts.rotate(name, { overlapSeconds })).rejects.toMatchObject({
      code: 'invalid-request',
    });
    expect(await by(issuedFor(issued, 'native'))).toBeDefined();
  });
});

describe('an account', () => {
  it('that is disabled opens no door, by whatever means, until it is enabled', async () => {
    const { accounts, authentication, name, issued, by } = await opened();
    const { identifier, secret, door } = issuedFor(issued, 'advance');
    const { token } = await authentication.issueToken(
      (await by(issuedFor(issued, 'advance'))) as Principal,
      60,
    );
    const asked = () =>
      Promise.all([
        authentication.byPair(door, identifier, secret),
        authentication.bySecret(door, secret),
        authentication.byProof(door, identifier, (known) => known === secret),
        authentication.byToken(door, token),
      ]);
    await accounts.disable(name);
    expect(await asked()).toEqual([undefined, undefined, undefined, undefined]);
    await accounts.enable(name);
    expect((await asked()).map((principal) => principal?.space)).toHaveLength(4);
    expect(await asked()).not.toContain(undefined);
  });

  it('has a name of its own, of letters, digits, dots, hyphens and underscores', async () => {
    const { accounts, name } = await opened();
    await expect(accounts.create(name)).rejects.toMatchObject({ code: 'invalid-request' });
    for (const wrong of ['', ' ', 'a b', 'a/b', 'naïve', 'a\n', 'x'.repeat(65), "'; drop table x"]) {
      await expect(accounts.create(wrong)).rejects.toMatchObject({ code: 'invalid-request' });
    }
  });

  it('that is not there is said to be so', async () => {
    const { accounts } = await opened();
    const name = newName();
    const works = [
      () => accounts.rotate(name),
      () => accounts.disable(name),
      () => accounts.enable(name),
      () => accounts.setLimits(name, {}),
    ];
    for (const work of works) {
      await expect(work()).rejects.toMatchObject({
        code: 'not-found',
        publicMessage: 'There is no such account.',
      });
    }
  });

  it('has the limits and the mode it was given, from the next request on', async () => {
    const { accounts, name, issued, by } = await opened();
    await accounts.setLimits(name, { requestsPerMinute: { facia: 5, advance: 7 }, quotas: { verify: 0 } });
    await accounts.setLimits(name, { mode: 'testing', requestsPerMinute: { advance: null } });
    const limits = { requestsPerMinute: { facia: 5 }, quotas: { verify: 0 } };
    expect((await by(issuedFor(issued, 'facia')))?.account).toMatchObject({ mode: 'testing', limits });
    for (const wrong of [-1, 1.5]) {
      const setting = accounts.setLimits(name, { quotas: { verify: wrong } });
      await expect(setting).rejects.toMatchObject({ code: 'invalid-request' });
    }
  });

  it('made by default is made once, whoever comes at once', async () => {
    const own = await openStore(await server.createDatabase());
    onTestFinished(() => own.close());
    const nodes = await Promise.all(Array.from({ length: 6 }, () => openAccounts(own)));
    await expect(nodes[0]?.accounts.create('default')).rejects.toMatchObject({ code: 'invalid-request' });
    const issued = await Promise.all(nodes.map(({ accounts }) => accounts.createDefault()));
    const told = issued.filter((credentials) => credentials !== undefined);
    expect(told).toHaveLength(1);
    const [first] = told;
    if (first === undefined) return;
    const { secret } = issuedFor(first, 'native');
    for (const { authentication } of nodes) {
      expect(await authentication.bySecret('native', secret)).toMatchObject({ space: 'local' });
    }
    expect((await nodes[0]?.accounts.list())?.map(({ id, name }) => [id, name])).toEqual([
      ['local', 'default'],
    ]);
    expect(await nodes[0]?.accounts.createDefault()).toBeUndefined();
  });
});
