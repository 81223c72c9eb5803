import { describe, expect, it } from 'vitest';
import { openApp } from '../app-under-test.contract.ts';
import { openFacia } from '../surfaces/facia/facia-app.contract.ts';

const PAGE = 'https://app.example';
const ask = (url: string, env: Record<string, string> = {}, origin = PAGE) =>
  openApp({ env }).app.inject({ url, headers: { origin } });
const askFirst = (env: Record<string, string>, origin = PAGE) =>
  openApp({ env }).app.inject({
    method: 'OPTIONS',
    url: '/api/match',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-requestid',
    },
  });

/** Neither of the connection, nor for the browser itself, nor readable anyway. */
const speaksToCaller = (header: string): boolean =>
  !/^(access-control-.*|cache-control|connection|content-.*|date|vary|x-content-type-options)$/.test(header);

describe('a web page of another origin', () => {
  it('is kept out by its browser unless the operator names it', async () => {
    expect((await ask('/api/ping')).headers).not.toHaveProperty('access-control-allow-origin');
    expect((await askFirst({})).statusCode).toBe(405);
  });

  it.each([PAGE, `https://other.example, ${PAGE}`])(
    'may call when FACEGATE_CORS_ORIGINS is %j',
    async (origins) => {
      const env = { FACEGATE_CORS_ORIGINS: origins };
      const preflight = await askFirst(env);
      expect(preflight.statusCode).toBe(204);
      expect(preflight.headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        'access-control-allow-headers': 'content-type,x-requestid',
      });
      expect(preflight.headers['access-control-allow-methods']).toContain('POST');
      const { headers } = await ask('/api/ping', env);
      expect(headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('is still kept out when it is not the one that is named', async () => {
    const env = { FACEGATE_CORS_ORIGINS: PAGE };
    for (const origin of ['https://evil.example', `${PAGE}.evil.example`, 'null']) {
      expect((await ask('/api/ping', env, origin)).headers).not.toHaveProperty('access-control-allow-origin');
      expect((await askFirst(env, origin)).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('can read all that an answer says to its caller', async () => {
    const env = { FACEGATE_CORS_ORIGINS: PAGE, FACEGATE_REGULA_ACCESS: 'key' };
    const { app } = openFacia({ env, limits: { requestsMax: 1 } });
    const headers = { origin: PAGE, 'client-secret': 'acme-secret' };
    const answers = [
      await app.inject({ method: 'POST', url: '/status', headers, payload: {} }),
      await app.inject({ method: 'POST', url: '/status', headers, payload: {} }),
      await app.inject({ method: 'GET', url: '/status', headers }),
      await app.inject({ method: 'POST', url: '/api/match', headers, payload: {} }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 429, 405, 401]);
    const said = new Set(answers.flatMap((answer) => Object.keys(answer.headers).filter(speaksToCaller)));
    const exposed = `${answers[0]?.headers['access-control-expose-headers']}`.toLowerCase().split(', ');
    expect(exposed.toSorted()).toEqual([...said].toSorted());
  });

  it('may call from anywhere with *', async () => {
    const { headers } = await ask('/api/ping', { FACEGATE_CORS_ORIGINS: '*' });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('can read refusals too', async () => {
    const env = { FACEGATE_CORS_ORIGINS: PAGE };
    for (const url of ['/api/match', '/api/nothing']) {
      const { statusCode, headers } = await ask(url, env);
      expect(statusCode).toBeGreaterThanOrEqual(404);
      expect(headers['access-control-allow-origin']).toBe(PAGE);
    }
  });

  it.each([
    'app.example',
    'https://app.example/',
    '*,https://app.example',
    'https://a.example https://b.example',
  ])('is not named by %j: the server refuses to start', (origins) => {
    expect(() => openApp({ env: { FACEGATE_CORS_ORIGINS: origins } })).toThrow('FACEGATE_CORS_ORIGINS');
  });
});
