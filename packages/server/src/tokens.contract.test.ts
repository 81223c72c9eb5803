import { createHmac, generateKeyPairSync } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { issuedFor, openAccounts } from './accounts-under-test.contract.ts';
import { DOORS, type Principal } from './domain/accounts/account.ts';
import { ensureServiceKey, TOKEN_KEY } from './domain/accounts/service-key.ts';
import { signingKeyOf } from './domain/accounts/tokens.ts';
import { useServer, useStore } from './server-in-use.contract.ts';
import { openStore } from './store-under-test.contract.ts';

const server = useServer();
const store = useStore(server);

let named = 0;

async function opened() {
  const node = await openAccounts(store);
  const issued = await node.accounts.create(`account-${++named}`);
  const { identifier, secret } = issuedFor(issued, 'facia');
  const principal = (await node.authentication.byPair('facia', identifier, secret)) as Principal;
  const { token, expiresAt } = await node.authentication.issueToken(principal, 600);
  const key = signingKeyOf(await ensureServiceKey(node.parts, TOKEN_KEY));
  const takes = (text: string) => node.authentication.byToken('facia', text);
  return { ...node, principal, token, expiresAt, key, takes };
}

const partOf = (token: string, at: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString());
const claimsOf = (token: string): JWTPayload => partOf(token, 1);
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** With the right key, whatever the head says. */
const sign = (claims: JWTPayload, key: Uint8Array, head: Record<string, unknown> = {}) => {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT', ...head })}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};

describe('a token', () => {
  it('stands for who it was issued to, until it expires', async () => {
    const { takes, token, principal, expiresAt, parts, pass } = await opened();
    expect(expiresAt.getTime()).toBe(parts.clock.now().getTime() + 600_000);
    expect(await takes(token)).toEqual(principal);
    pass(599);
    expect(await takes(token)).toEqual(principal);
    pass(1);
    expect(await takes(token)).toBeUndefined();
  });

  it('says nothing that is secret', async () => {
    const { token, principal } = await opened();
    expect(partOf(token, 0)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(claimsOf(token)).toEqual({
      iss: 'facegate',
      aud: 'facia',
      sub: principal.account.id,
      credential: principal.credentialId,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
  });

  it('opens no other door than its own', async () => {
    const { authentication, token } = await opened();
    for (const door of DOORS.filter((one) => one !== 'facia')) {
      expect(await authentication.byToken(door, token)).toBeUndefined();
    }
  });

  it('is refused with any bit of any character changed', async () => {
    const { takes, token } = await opened();
    for (let at = 0; at < token.length; at++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
        const flipped = String.fromCharCode(token.charCodeAt(at) ^ bit);
        expect(await takes(`${token.slice(0, at)}${flipped}${token.slice(at + 1)}`)).toBeUndefined();
      }
    }
  });

  it('is refused cut short, made longer, or of another form', async () => {
    const { takes, token } = await opened();
    const [head, body, signature] = token.split('.');
    const others = [
      '',
      '.',
      '..',
      `${head}.${body}`,
      `${head}.${body}.`,
      `${token}=`,
      `${token}.`,
      `${token}.${signature}`,
    ];
    for (const other of [
      ...others,
      ` ${token}`,
      `Bearer ${token}`,
      'x'.repeat(100_000),
      `${token}${' '.repeat(5000)}`,
    ]) {
      expect(await takes(other)).toBeUndefined();
    }
    for (let length = 0; length < token.length; length += 7) {
      expect(await takes(token.slice(0, length))).toBeUndefined();
    }
  });
});

describe('a forged token is refused', () => {
  it('the control: signed with the right key and the right claims it is taken', async () => {
    const { takes, token, key, principal } = await opened();
    expect(await takes(sign(claimsOf(token), key))).toEqual(principal);
  });

  it('without a signature, whatever it calls that', async () => {
    const { takes, token, key } = await opened();
    const [, body = '', signature] = token.split('.');
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const head = encoded({ alg, typ: 'JWT' });
      for (const end of ['', signature]) expect(await takes(`${head}.${body}.${end}`)).toBeUndefined();
      expect(await takes(sign(claimsOf(token), key, { alg }))).toBeUndefined();
    }
  });

  it('by another algorithm: longer hashes of the right key, or a key pair of the forger', async () => {
    const { takes, token, key } = await opened();
    for (const alg of ['HS384', 'HS512']) {
      const forged = await new SignJWT(claimsOf(token))
        .setProtectedHeader({ alg, typ: 'JWT' })
        .sign(new Uint8Array([...key, ...key]));
      expect(await takes(forged)).toBeUndefined();
    }
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = await new SignJWT(claimsOf(token))
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .sign(privateKey);
    expect(await takes(forged)).toBeUndefined();
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const alg of ['HS256', 'RS256']) {
      expect(await takes(sign(claimsOf(token), Buffer.from(pem), { alg }))).toBeUndefined();
    }
  });

  it('by a key that the token names or brings along', async () => {
    const { takes, token } = await opened();
    const own = Buffer.alloc(32, 7);
    const jwk = { kty: 'oct', k: own.toString('base64url') };
    const heads = [
      { kid: '../../../../dev/null' },
      { kid: "x' union select 'a' --" },
      { kid: '/proc/sys/kernel/randomize_va_space' },
      { jwk },
      { jku: 'http://127.0.0.1/keys' },
      { x5u: 'http://127.0.0.1/keys' },
      { crit: ['exp'], exp: 1 },
      { b64: false, crit: ['b64'] },
    ];
    for (const head of heads) {
      for (const key of [own, Buffer.alloc(0), Buffer.alloc(32)]) {
        expect(await takes(sign(claimsOf(token), key, head))).toBeUndefined();
      }
    }
  });

  it('with the right key, but claims that do not hold', async () => {
    const { takes, token, key, parts } = await opened();
    const claims = claimsOf(token);
    const seconds = parts.clock.now().getTime() / 1000;
    const { exp: _exp, ...endless } = claims;
    const { sub: _sub, ...nobodys } = claims;
    const { credential: _credential, ...baseless } = claims as JWTPayload & { credential: string };
    const other = await opened();
    const wrong: JWTPayload[] = [
      { ...claims, exp: seconds },
      { ...claims, exp: seconds - 1 },
      { ...claims, exp: '9999999999' as unknown as number },
      { ...claims, nbf: seconds + 1 },
      { ...claims, iss: 'another' },
      { ...claims, iss: '' },
      { ...claims, aud: 'advance' },
      { ...claims, aud: [] },
      { ...claims, sub: other.principal.account.id },
      { ...claims, sub: 'local' },
      { ...claims, credential: other.principal.credentialId },
      { ...claims, credential: "' or true --" },
      { ...claims, credential: { id: 1 } },
      endless,
      nobodys,
      baseless,
    ];
    for (const one of wrong) expect([one, await takes(sign(one, key))]).toEqual([one, undefined]);
    expect(await takes(sign({ ...claims, nbf: seconds }, key))).toBeDefined();
  });

  it('by the key of another database', async () => {
    const { takes, token } = await opened();
    const elsewhere = await openStore(await server.createDatabase());
    const node = await openAccounts(elsewhere);
    const key = signingKeyOf(await ensureServiceKey(node.parts, TOKEN_KEY));
    expect(await takes(sign(claimsOf(token), key))).toBeUndefined();
    await elsewhere.close();
  });
});
