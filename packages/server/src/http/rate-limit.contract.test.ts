import { describe, expect, it } from 'vitest';
import { openApp } from '../app-under-test.contract.ts';
import { type Environment, loadConfig } from '../config/load.ts';
import type { RateAnswer } from '../domain/limits/limits.ts';
import { applyRate, countStranger } from './rate-limit.ts';

const ALLOWED: RateAnswer = {
  isAllowed: true,
  limit: 60,
  windowSeconds: 60,
  remaining: 59,
  resetAt: new Date(1_700_000_060_500),
  retryAfterSeconds: 0,
};
const REFUSED: RateAnswer = { ...ALLOWED, isAllowed: false, remaining: 0, retryAfterSeconds: 17 };
const UNLIMITED: RateAnswer = {
  ...ALLOWED,
  limit: Number.POSITIVE_INFINITY,
  remaining: Number.POSITIVE_INFINITY,
};

/** A scope that refuses in words of its own, with a route that answers how its caller stands. */
function openScope(answer: RateAnswer, env: Environment = {}) {
  const { app } = openApp({ env });
  const strangers: string[] = [];
  app.register(async (scope) => {
    const limits = {
      countStranger: async (address: string) => {
        strangers.push(address);
        return address === '192.0.2.66' ? REFUSED : ALLOWED;
      },
    };
    scope.addHook('onRequest', async (request, reply) => countStranger(request, reply, limits));
    scope.setErrorHandler((error: Error & { code: string; retryAfterSeconds: number }, _request, reply) =>
      reply.code(429).send({ code: error.code, retryAfterSeconds: error.retryAfterSeconds }),
    );
    scope.get('/limited', async (_request, reply) => {
      applyRate(reply, answer);
      return { answered: true };
    });
  });
  const get = (remoteAddress = '192.0.2.1', headers = {}) =>
    app.inject({ url: '/limited', remoteAddress, headers });
  return { get, strangers };
}

const rateHeaders = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-ratelimit|^retry-after/.test(name)));

describe('the headers of an answer', () => {
  it('tell the limit and what is left', async () => {
    const response = await openScope(ALLOWED).get();
    expect(response.json()).toEqual({ answered: true });
    expect(rateHeaders(response.headers)).toEqual({
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
    });
  });

  it('tell with a refusal when to come back', async () => {
    const response = await openScope(REFUSED).get();
    expect(response.json()).toEqual({ code: 'rate-limited', retryAfterSeconds: 17 });
    expect(rateHeaders(response.headers)).toEqual({
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000061',
      'retry-after': '17',
    });
  });

  it('tell nothing where there is no limit', async () => {
    expect(rateHeaders((await openScope(UNLIMITED).get()).headers)).toEqual({});
  });
});

describe('strangers', () => {
  it('are counted and refused before anything else happens', async () => {
    const { get, strangers } = openScope(ALLOWED);
    const response = await get('192.0.2.66');
    expect(response.statusCode).toBe(429);
    expect(response.headers['retry-after']).toBe('17');
    expect(strangers).toEqual(['192.0.2.66']);
  });

  it('do not see the count of their address in an answer of their account', async () => {
    const { headers } = await openScope({ ...ALLOWED, limit: 7 }).get();
    expect(headers['x-ratelimit-limit']).toBe('7');
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'client-ip', 'cf-connecting-ip'])(
    'are not believed what %s says',
    async (name) => {
      const { get, strangers } = openScope(ALLOWED);
      for (let i = 0; i < 5; i++) await get('192.0.2.66', { [name]: `198.51.100.${i}` });
      expect(new Set(strangers)).toEqual(new Set(['192.0.2.66']));
    },
  );

  it('are known by X-Forwarded-For where a trusted proxy says it, and only as far as trusted ones do', async () => {
    const { get, strangers } = openScope(ALLOWED, { FACEGATE_TRUSTED_PROXIES: '10.0.0.0/8,fd00::/8' });
    const forwarded = { 'x-forwarded-for': '198.51.100.1, 198.51.100.2, 10.1.1.1' };
    await get('10.0.0.1', forwarded);
    await get('fd00::1', forwarded);
    await get('::ffff:10.0.0.1', forwarded);
    await get('192.0.2.66', forwarded);
    await get('10.0.0.1');
    expect(strangers).toEqual(['198.51.100.2', '198.51.100.2', '198.51.100.2', '192.0.2.66', '10.0.0.1']);
  });
});

it('refuses a list of proxies that cannot be one', () => {
  expect(() => loadConfig({ FACEGATE_TRUSTED_PROXIES: 'everybody' })).toThrow('FACEGATE_TRUSTED_PROXIES');
});
