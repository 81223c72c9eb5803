import { type JWTPayload, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { issuedFor, openAccounts } from '../../accounts-under-test.contract.ts';
import { createAttemptCounters } from '../../adapters/postgres/attempt-counters.ts';
import { createQuotaCounters } from '../../adapters/postgres/quota-counters.ts';
import { createRateCounters } from '../../adapters/postgres/rate-counters.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { openApp } from '../../app-under-test.contract.ts';
import { type Environment, loadConfig } from '../../config/load.ts';
import { ensureServiceKey, TOKEN_KEY } from '../../domain/accounts/service-key.ts';
import { signingKeyOf } from '../../domain/accounts/tokens.ts';
import { createLimits } from '../../domain/limits/create-limits.ts';
import { useStore } from '../../server-in-use.contract.ts';
import { openCases } from './cases-under-test.contract.ts';

const store = useStore();
let named = 0;

/** The server with accounts, tokens and counts as they are, and a new account. */
async function opened(env: Environment = {}) {
  const node = await openAccounts(store);
  const issued = await node.accounts.create(`account-${++named}`);
  const { pool } = store;
  const counters = {
    rates: createRateCounters(pool, systemClock),
    quotas: createQuotaCounters(pool),
    attempts: createAttemptCounters(pool, systemClock),
  };
  const limits = createLimits(counters, loadConfig(env).limits);
  const { app } = openApp({
    env,
    people: () => ({ authentication: node.authentication, limits, cases: openCases() }),
  });
  const send = (url: string, headers: Record<string, string>, payload: object) =>
    app.inject({ method: 'POST', url, headers, payload });
  const { identifier, secret } = issuedFor(issued, 'facia');
  const login = { client_id: identifier, client_secret: secret };
  const token = async (): Promise<string> =>
    (await send('/request-access-token', {}, login)).json().result.data.token;
  const statusWith = async (headers: Record<string, string>) => {
    const response = await send('/result', headers, { reference_id: 'A'.repeat(15) });
    return response.statusCode;
  };
  return { ...node, name: `account-${named}`, issued, login, send, token, statusWith };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('001-5 issues a JWT that lets in until it expires', async () => {
  const { pass, statusWith, token } = await opened({ FACEGATE_FACIA_TOKEN_SECONDS: '600' });
  const issued = await token();
  expect(issued).toMatch(/^eyJhbGciOiJIUzI1NiIs/);
  expect(await statusWith(bearer(issued))).toBe(404);
  pass(600);
  expect(await statusWith(bearer(issued))).toBe(401);
});

it('001-31 refuses every forged token 401', async () => {
  const { parts, issued, statusWith, token } = await opened();
  const real = await token();
  const [head = '', claims = '', seal = ''] = real.split('.');
  const payload: JWTPayload = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const key = signingKeyOf(await ensureServiceKey(parts, TOKEN_KEY));
  const signed = (changes: JWTPayload) =>
    new SignJWT({ ...payload, ...changes }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
  expect(await statusWith(bearer(await signed({})))).toBe(404);
  const forged = {
    'without a signature': `${head}.${claims}.`,
    'of no algorithm': `${encoded({ alg: 'none', typ: 'JWT' })}.${claims}.`,
    'of another algorithm': `${encoded({ alg: 'HS512', typ: 'JWT' })}.${claims}.${seal}`,
    'for somebody else': `${head}.${encoded({ ...payload, sub: 'other' })}.${seal}`,
    'for longer': `${head}.${encoded({ ...payload, exp: 9_999_999_999 })}.${seal}`,
    'for another door': await signed({ aud: 'advance' }),
    'of another issuer': await signed({ iss: 'other' }),
    'of other credentials': await signed({ credential: issuedFor(issued, 'verihubs').identifier }),
    'of another key': await new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new Uint8Array(32)),
    'that is a client secret': issuedFor(issued, 'facia').secret,
    'of three dots': '...',
  };
  for (const [what, text] of Object.entries(forged)) {
    expect([what, await statusWith(bearer(text))]).toEqual([what, 401]);
  }
});

it('001-31 refuses tokens and secrets of an account that was shut, from the next request on', async () => {
  const { accounts, login, name, send, statusWith, token } = await opened();
  const issued = await token();
  await accounts.disable(name);
  expect(await statusWith(bearer(issued))).toBe(401);
  expect(await statusWith({ 'client-secret': login.client_secret })).toBe(403);
  expect((await send('/request-access-token', {}, login)).statusCode).toBe(401);
});

it("takes a client secret, and no other door's", async () => {
  const { issued, statusWith } = await opened();
  for (const door of ['facia', 'native', 'verihubs', 'advance'] as const) {
    const status = await statusWith({ 'client-secret': issuedFor(issued, door).secret });
    expect([door, status]).toEqual([door, door === 'facia' ? 404 : 403]);
  }
});

it('000-35 000-36 allows 60 requests a minute, or what the operator says', async () => {
  const allowedOf = async (env: Environment, asked: number) => {
    const { login, statusWith } = await opened(env);
    const headers = { 'client-secret': login.client_secret };
    const answers = await Promise.all(Array.from({ length: asked }, () => statusWith(headers)));
    return answers.filter((status) => status !== 429).length;
  };
  expect(await allowedOf({}, 70)).toBe(60);
  expect(await allowedOf({ FACEGATE_RATE_FACIA: '3' }, 6)).toBe(3);
});

it('000-37 allows an account of its own number another', async () => {
  const { accounts, login, name, statusWith } = await opened();
  await accounts.setLimits(name, { requestsPerMinute: { facia: 2 } });
  const headers = { 'client-secret': login.client_secret };
  expect([await statusWith(headers), await statusWith(headers), await statusWith(headers)]).toEqual([
    404, 404, 429,
  ]);
});

it('counts requests for tokens by address and client, apart from the account', async () => {
  const { login, send, statusWith } = await opened({ FACEGATE_RATE_FACIA: '2' });
  const ask = async (client_id: string) =>
    (await send('/request-access-token', {}, { ...login, client_id })).statusCode;
  expect([await ask('other'), await ask('other'), await ask('other')]).toEqual([401, 401, 429]);
  const { client_id } = login;
  expect([await ask(client_id), await ask(client_id), await ask(client_id)]).toEqual([200, 200, 429]);
  expect(await statusWith({ 'client-secret': login.client_secret })).toBe(404);
});
