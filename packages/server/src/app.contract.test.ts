import { drawPicture } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { openApp } from './app-under-test.contract.ts';

const matchBody = async () => {
  const data = (await drawPicture([{ identity: 7, x: 50, y: 50 }])).toString('base64');
  return { images: [{ data }, { data }], outputImageParams: { crop: { type: 0 } } };
};

describe('every answer', () => {
  it('echoes X-RequestID, whatever becomes of the request', async () => {
    const { app } = openApp();
    const headers = { 'x-requestid': 'order-66/a' };
    for (const [method, url, status] of [
      ['GET', '/api/healthz', 200],
      ['GET', '/api/nothing', 404],
      ['GET', '/api/match', 405],
      ['POST', '/api/match', 400],
      ['GET', '/%zz', 400],
    ] as const) {
      const payload =
        method === 'POST' ? { payload: '{', headers: { 'content-type': 'application/json' } } : {};
      const response = await app.inject({
        method,
        url,
        ...payload,
        headers: { ...payload.headers, ...headers },
      });
      expect([url, response.statusCode]).toEqual([url, status]);
      expect(response.headers['x-requestid']).toBe('order-66/a');
    }
  });

  it.each([undefined, 'x'.repeat(129), 'two words', 'ünï'])(
    'carries a new request id instead of %j',
    async (given) => {
      const { app } = openApp();
      const ask = async () => {
        const response = await app.inject({
          url: '/api/healthz',
          headers: given === undefined ? {} : { 'x-requestid': given },
        });
        return response.headers['x-requestid'];
      };
      const id = await ask();
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(await ask()).not.toBe(id);
    },
  );

  it('forbids guessing its type', async () => {
    const response = await openApp().app.inject({ url: '/api/ping' });
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('forbids keeping it: faces have no place in caches', async () => {
    const response = await openApp().app.inject({ url: '/api/readyz' });
    expect(response.headers['cache-control']).toBe('no-store');
  });
});

describe('addresses', () => {
  it.each(['//api/match', '/api//match', '/api/match/'])('%s is /api/match', async (url) => {
    const { app } = openApp();
    const response = await app.inject({ method: 'POST', url, payload: await matchBody() });
    expect(response.json()).toMatchObject({ code: 0 });
  });

  it("answers 404 in the vendor's words below its paths", async () => {
    const { app } = openApp();
    const response = await app.inject({ method: 'POST', url: '/api/unknown', payload: {} });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({
      statusCode: 404,
      type: 'NotFoundException',
      msg: 'There is nothing at this address.',
      metadata: {},
    });
  });

  it.each([
    ['GET', '/api/match', 'POST'],
    ['DELETE', '//api/detect/', 'POST'],
    ['POST', '/api/healthz', 'GET, HEAD'],
  ] as const)('answers %s %s with 405 and what is allowed', async (method, url, allow) => {
    const response = await openApp().app.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe(allow);
    expect(response.json()).toMatchObject({ statusCode: 405 });
  });

  it('move below the configured prefix', async () => {
    const { app } = openApp({ env: { FACEGATE_REGULA_PREFIX: '/regula' } });
    expect((await app.inject({ url: '/regula/api/ping' })).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/ping' })).statusCode).toBe(404);
    expect((await app.inject({ url: '/regula/api/match' })).statusCode).toBe(405);
  });

  it('vanish with their surface', async () => {
    const { app } = openApp({ env: { FACEGATE_REGULA_ENABLED: 'false' } });
    expect((await app.inject({ url: '/api/ping' })).statusCode).toBe(404);
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(200);
  });
});

describe('bodies', () => {
  const post = (payload: string | Buffer, headers: Record<string, string>) =>
    openApp({ env: { FACEGATE_BODY_BYTES_MAX: '2048' } }).app.inject({
      method: 'POST',
      url: '/api/match',
      payload,
      headers,
    });
  const json = { 'content-type': 'application/json' };

  it.each([
    ['400 for broken JSON', '{"images":', json, 400],
    ['400 for no body', '', json, 400],
    ['400 for JSON nested 33 deep', '['.repeat(33) + ']'.repeat(33), json, 400],
    ['400 for __proto__', '{"__proto__":{"images":[]}}', json, 400],
    ['413 for more than the limit', `{"tag":"${'x'.repeat(3000)}"}`, json, 413],
    ['415 for a form', 'images=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['415 for plain text', '{}', { 'content-type': 'text/plain' }, 415],
    ['415 for compression', 'x', { ...json, 'content-encoding': 'gzip' }, 415],
  ])('are answered %s, with code 203', async (_name, payload, headers, status) => {
    const response = await post(payload, headers);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code: 203, msg: 'FACER_COMMAND_PARAMS_READ_ERROR' });
  });

  it('are read with a charset named', async () => {
    const response = await post('{"images":[]}', { 'content-type': 'application/json; charset=utf-8' });
    expect(response.json()).toMatchObject({ code: 224 });
  });
});

describe('a body sent to an address that does not exist', () => {
  it.each([
    ['/api/unknown', 'POST', 404],
    ['/api/healthz', 'POST', 405],
  ] as const)('%s: is thrown away unread, whatever it is', async (url, method, status) => {
    for (const type of [
      'application/json',
      'text/plain',
      'image/jpeg',
      'application/x-www-form-urlencoded',
    ]) {
      const { app } = openApp();
      const response = await app.inject({
        method,
        url,
        payload: '{ not JSON',
        headers: { 'content-type': type },
      });
      expect([type, response.statusCode]).toEqual([type, status]);
    }
  });
});

describe('the log', () => {
  it('has one line for each request with its counts, and never a picture', async () => {
    const { app, log } = openApp();
    const body = await matchBody();
    const headers = { 'x-requestid': 'canary', authorization: 'Bearer CANARYTOKEN' };
    await app.inject({ method: 'POST', url: '/api/match?key=CANARYQUERY', payload: body, headers });
    const lines = log().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      requestId: 'canary',
      surface: 'regula',
      method: 'POST',
      route: '/api/match',
      status: 200,
      images: 2,
      faces: 2,
      comparisons: 1,
      code: 0,
    });
    expect(log()).not.toContain('CANARY');
  });

  it('names the code of a refusal', async () => {
    const { app, log } = openApp();
    await app.inject({ method: 'POST', url: '/api/match', payload: { images: [] } });
    expect(JSON.parse(log())).toMatchObject({ status: 200, code: 224 });
  });

  it.each([
    ['broken JSON', (data: string) => `{"images":[{"data":"${data}"}`],
    ['a field of another type', (data: string) => JSON.stringify({ images: data })],
    ['a picture that is no picture', (data: string) => JSON.stringify({ images: [{ data }, { data }] })],
    ['a scenario that is a picture', (data: string) => JSON.stringify({ processParam: { scenario: data } })],
  ])('and never a picture in %s, nor does the answer', async (_name, bodyWith) => {
    const canary = Buffer.from('CANARY picture of somebody '.repeat(40)).toString('base64');
    const { app, log } = openApp();
    for (const url of ['/api/match', '/api/detect']) {
      const headers = { 'content-type': 'application/json' };
      const response = await app.inject({ method: 'POST', url, payload: bodyWith(canary), headers });
      expect(response.body).not.toContain(canary.slice(0, 24));
    }
    expect(log()).not.toContain(canary.slice(0, 24));
  });

  it('and never a picture when the server itself fails', async () => {
    const { app, log } = openApp({ engine: { failWith: new TypeError('broken') } });
    const body = await matchBody();
    await app.inject({ method: 'POST', url: '/api/match', payload: body });
    expect(log()).toContain('"level":50');
    expect(log()).not.toContain(body.images[0]!.data.slice(0, 60));
  });
});

describe('/metrics', () => {
  it("counts requests under the names of the vendor's dashboards, by route and never by address", async () => {
    const { app } = openApp();
    await app.inject({ method: 'POST', url: '//api/match?who=me', payload: await matchBody() });
    await app.inject({ url: '/api/nobody-home' });
    const { body, headers } = await app.inject({ url: '/metrics' });
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(body).toContain('flask_http_request_total{method="POST",status="200"} 1');
    expect(body).toContain(
      'flask_http_request_duration_seconds_count{method="POST",url_rule="/api/match",status="200"} 1',
    );
    expect(body).toContain('url_rule="none",status="404"');
    expect(body).toContain('facegate_engine_workers 1');
    expect(body).toContain('facegate_stage_duration_seconds_count{stage="detect"} 2');
    expect(body).not.toContain('nobody-home');
  });

  it('is absent when switched off', async () => {
    const { app } = openApp({ env: { FACEGATE_METRICS: 'false' } });
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(404);
  });
});

describe('time', () => {
  it('runs out: a request that takes too long is answered 503', async () => {
    const { app } = openApp({
      env: { FACEGATE_ANSWER_TIMEOUT_MS: '100' },
      engine: { gate: () => new Promise(() => {}) },
    });
    const response = await app.inject({ method: 'POST', url: '/api/match', payload: await matchBody() });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.json()).toMatchObject({ code: 253 });
  });
});
