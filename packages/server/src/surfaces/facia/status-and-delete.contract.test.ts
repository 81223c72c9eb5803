import { describe, expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { comparedAt, GENUINE, MANIPULATED } from './cases-under-test.contract.ts';
import { clip, livenessOf, openFacia, still } from './facia-app.contract.ts';

const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;

/** A decided face match. */
async function matched(rate = 1e-6) {
  const facia = openFacia();
  const reference_id = await facia.createMatch();
  facia.cases.decide(comparedAt(rate, rate > 1e-4 ? ['not-matched'] : []), reference_id);
  const { body } = await facia.ask('status', { reference_id });
  return { ...facia, reference_id, body, data: body.result.data };
}

describe('status', () => {
  it('000-1 000-2 000-3 000-9 tells of a completed verification by its reference', async () => {
    const { ask, reference_id, data } = await matched();
    expect(data.status).toBe('ACCEPTED');
    const missing = await ask('status', {});
    expect(missing.body.errors).toEqual({ reference_id: ['The reference_id field is required.'] });
    const mistyped = await ask('status', { reference_id: Number(reference_id.length) });
    expect(mistyped.body.errors).toEqual({ reference_id: ['The reference_id field must be a string.'] });
  });

  it('000-4 000-5 asks for a client secret: 403 without, whatever token there is', async () => {
    const { as, reference_id } = await matched();
    expect((await as({ 'client-secret': 'acme-secret' })('status', { reference_id })).status).toBe(200);
    for (const headers of [{}, { 'client-secret': '' }, { authorization: 'Bearer acme-token' }]) {
      const { status, text } = await as(headers)('status', { reference_id });
      expect([status, text]).toEqual([403, '{"status":false,"message":"Forbidden: Service not allowed"}']);
    }
  });

  it('000-6 000-7 takes JSON and urlencoded bodies', async () => {
    const { as, reference_id } = await matched();
    const ask = as({ 'client-secret': 'acme-secret', 'content-type': 'application/x-www-form-urlencoded' });
    expect((await ask('status', `reference_id=${reference_id}`)).body.result.data.status).toBe('ACCEPTED');
  });

  it('000-10 answers these keys in this order', async () => {
    const { body, data } = await matched();
    expect(Object.keys(body)).toEqual(['status', 'message', 'result']);
    expect([body.status, body.message, Object.keys(body.result)]).toEqual([true, 'Success', ['data']]);
    expect(Object.keys(data)).toEqual([
      'reference_id',
      'type',
      'status',
      'similarity_score',
      'similarity_status',
      'quick_liveness_image',
      'video',
      'id_card_image',
      'video_frame_1',
      'video_frame_2',
    ]);
  });

  it('000-11 000-12 000-13 echoes the reference, and says which service came to what', async () => {
    const { data, reference_id } = await matched();
    expect(data).toMatchObject({ reference_id, type: 'photo_id_match', status: 'ACCEPTED' });
    const other = await matched(0.1);
    expect(other.data).toMatchObject({
      status: 'DECLINED',
      decline_code: 'FADR26',
      decline_reason: 'Face not matched.',
    });
    expect(Object.keys(other.data).slice(10)).toEqual(['decline_reason', 'decline_code']);
  });

  it('000-14 000-15 tells similarity as numbers: 1 matched, 0 not, more is more alike', async () => {
    const [close, far] = [(await matched(1e-9)).data, (await matched(0.1)).data];
    expect([close.similarity_status, far.similarity_status]).toEqual([1, 0]);
    expect(close.similarity_score).toBeGreaterThan(0.88);
    expect(close.similarity_score).toBeLessThan(1);
    expect(far.similarity_score).toBeCloseTo(0.25);
  });

  it('000-16 000-18 links the picture and, of a face match, the second one', async () => {
    const { app, data } = await matched();
    for (const url of [data.quick_liveness_image, data.id_card_image]) {
      expect(url).toMatch(/^http:\/\/localhost:80\/get-proof\/[\w-]{64}$/);
      const response = await app.inject(pathOf(url));
      expect([
        response.statusCode,
        response.headers['content-type'],
        response.headers['cache-control'],
      ]).toEqual([200, 'image/jpeg', 'private, no-store']);
    }
    expect((await app.inject(pathOf(data.quick_liveness_image))).rawPayload).toEqual(await still());
    expect((await app.inject(pathOf(data.id_card_image))).rawPayload).not.toEqual(await still());
  });

  it('000-17 000-19 links the clip and two frames of it, and null where there are none', async () => {
    const { data } = await matched();
    expect([data.video, data.video_frame_1, data.video_frame_2]).toEqual([null, null, null]);
    const { app, ask, cases, create } = openFacia();
    const reference_id = await create({ file: clip.toString('base64'), file_type: 'video' });
    cases.decide(GENUINE, reference_id);
    const { result } = (await ask('status', { reference_id })).body;
    expect(result.data).toMatchObject({ type: 'deepfake', status: 'ACCEPTED', id_card_image: null });
    for (const name of ['quick_liveness_image', 'video_frame_1', 'video_frame_2']) {
      expect(result.data[name]).toContain('/get-proof/');
    }
    const { headers, rawPayload } = await app.inject(pathOf(result.data.video));
    expect([headers['content-type'], rawPayload]).toEqual(['video/mp4', clip]);
  });

  it('000-20 000-21 a link ends after 15 minutes, and each call gives a new one', async () => {
    const { app, ask, cases, data, reference_id } = await matched();
    const statusOf = async (url: string) => (await app.inject(pathOf(url))).statusCode;
    cases.pass(899);
    expect(await statusOf(data.quick_liveness_image)).toBe(200);
    cases.pass(1);
    const over = await app.inject(pathOf(data.quick_liveness_image));
    expect([over.statusCode, over.json()]).toEqual([403, { status: false, message: 'Invalid signature' }]);
    const fresh = (await ask('status', { reference_id })).body.result.data.quick_liveness_image;
    expect(await statusOf(fresh)).toBe(200);
  });

  it('is PENDING while nothing is decided, and shows nothing yet', async () => {
    const { ask, create } = openFacia();
    const reference_id = await create();
    expect((await ask('status', { reference_id })).body.result.data).toEqual({
      reference_id,
      type: 'deepfake',
      status: 'PENDING',
      similarity_score: null,
      similarity_status: null,
      quick_liveness_image: null,
      video: null,
      id_card_image: null,
      video_frame_1: null,
      video_frame_2: null,
    });
  });

  it('passes nothing whose examination failed, and gives no reason that nobody found', async () => {
    const { ask, cases, create, resultOf } = openFacia();
    const reference_id = await create();
    cases.fail(reference_id);
    expect((await ask('status', { reference_id })).body.result.data).toMatchObject({
      status: 'DECLINED',
      decline_reason: null,
      decline_code: null,
    });
    expect(await resultOf(reference_id)).toMatchObject({
      status: 0,
      deepfake_score: null,
      decline_code: null,
    });
  });
});

describe('delete', () => {
  it('000-22 000-23 000-24 000-29 000-30 erases a transaction: it is found no more', async () => {
    const { app, ask, cases, create, resultOf } = openFacia();
    const reference_id = await create();
    const { declined_proof } = await resultOf(reference_id, MANIPULATED);
    const { status } = await ask('delete', { reference_id, comment: 'mistake' });
    expect(status).toBe(200);
    for (const operation of ['status', 'result', 'delete'] as const) {
      const again = await ask(operation, { reference_id, comment: 'again' });
      expect([again.status, again.text]).toEqual([404, '{"status":false,"message":"Resource not found"}']);
    }
    expect((await app.inject(pathOf(declined_proof))).statusCode).toBe(404);
    expect(cases.comments.get(reference_id)).toBe('mistake');
    expect((await ask('delete', {})).body.errors).toEqual({
      reference_id: ['The reference_id field is required.'],
      comment: ['The comment field is required.'],
    });
  });

  it('000-25 000-26 000-27 takes an access token or a client secret', async () => {
    const { as, create } = openFacia();
    const issued = await as({})('request-access-token', { client_id: 'acme', client_secret: 'acme-secret' });
    expect(issued.text).toBe('{"status":true,"message":"token","result":{"data":{"token":"acme-token"}}}');
    const authorization = `Bearer ${issued.body.result.data.token}`;
    for (const headers of [{ authorization }, { 'client-secret': 'acme-secret' }]) {
      const reference_id = await create();
      expect((await as(headers)('delete', { reference_id, comment: 'x' })).status).toBe(200);
    }
  });

  it('000-28 takes JSON and urlencoded bodies, and text without a type', async () => {
    const { as, create } = openFacia();
    for (const type of ['application/x-www-form-urlencoded', 'text/plain; charset=utf-8', undefined]) {
      const payload = `reference_id=${await create()}&comment=your_comment`;
      const ask = as({ 'client-secret': 'acme-secret', 'content-type': type });
      expect((await ask('delete', payload)).status).toBe(200);
    }
  });

  it('000-31 000-32 keeps a comment of 255 characters, whatever they are, and refuses one more', async () => {
    const { ask, cases, create } = openFacia();
    const reference_id = await create();
    const comment = '𝄞'.repeat(255);
    const long = await ask('delete', { reference_id, comment: `${comment}!` });
    expect([long.status, long.body.errors]).toEqual([
      400,
      { comment: ['The comment field must not be greater than 255 characters.'] },
    ]);
    expect((await ask('delete', { reference_id, comment })).status).toBe(200);
    expect(cases.comments.get(reference_id)).toBe(comment);
  });

  it('000-33 answers exactly this, also for one that is not decided', async () => {
    const { ask, create } = openFacia();
    const { text } = await ask('delete', { reference_id: await create(), comment: 'x' });
    expect(text).toBe(
      '{"status":true,"message":"Transaction has been deleted successfully!","result":{"data":[]}}',
    );
  });
});

describe('the limit', () => {
  it.each(['live', 'testing'] as const)('000-34 000-35 holds for accounts in %s mode', async (mode) => {
    const { account, ...rest } = principalOf('acme');
    const principals = { acme: { ...rest, account: { ...account, mode } } };
    const { ask } = openFacia({ principals, limits: { requestsMax: 60 } });
    for (let left = 59; left >= 0; left--) {
      const { status, headers } = await ask('result', { reference_id: 'x' });
      expect([status, headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']]).toEqual([
        404,
        '60',
        `${left}`,
      ]);
      expect(headers).not.toHaveProperty('retry-after');
    }
    const { status, text, headers } = await ask('result', { reference_id: 'x' });
    expect([status, text]).toEqual([429, '{"status":false,"message":"Too Many Attempts"}']);
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000000',
      'retry-after': '60',
    });
  });

  it('does not count links, nor requests for tokens, which have a count of their own', async () => {
    const { app, ask, as, create, resultOf } = openFacia({ limits: { requestsMax: 2 } });
    const { declined_proof } = await resultOf(await create(), MANIPULATED);
    for (let i = 0; i < 3; i++) expect((await app.inject(pathOf(declined_proof))).statusCode).toBe(200);
    const token = () => as({})('request-access-token', { client_id: 'acme', client_secret: 'acme-secret' });
    expect([(await token()).status, (await token()).status, (await token()).status]).toEqual([200, 200, 429]);
    expect((await as({})('request-access-token', { client_id: 'rival', client_secret: 'x' })).status).toBe(
      401,
    );
    expect((await ask('result', { reference_id: 'x' })).status).toBe(429);
  });

  it('counts strangers by address, before anything of theirs is looked at', async () => {
    const { app, as } = openFacia({ limits: { strangersMax: 1 } });
    expect((await as({})('status', {})).status).toBe(403);
    expect((await as({})('request-access-token', '{ not JSON')).status).toBe(429);
    expect((await app.inject('/get-proof/x')).statusCode).toBe(429);
  });
});

it('asks a link of the public address, where one is set', async () => {
  const { create, resultOf } = openFacia({
    env: { FACEGATE_PUBLIC_URL: 'https://faces.example/v1', FACEGATE_FACIA_PREFIX: '' },
  });
  const { declined_proof } = await resultOf(await create(), MANIPULATED);
  expect(declined_proof).toMatch(/^https:\/\/faces\.example\/v1\/api\/image-url\//);
});

it('answers /status to an access token where the operator wants it', async () => {
  const { as, create } = openFacia({ env: { FACEGATE_FACIA_STATUS_ACCEPTS_BEARER: 'true' } });
  const reference_id = await create();
  const ask = as({ authorization: 'bearer acme-token' });
  expect((await ask('status', { reference_id })).status).toBe(200);
  expect((await as({ authorization: 'Bearer other' })('status', { reference_id })).status).toBe(401);
});

it('moves with its prefix, and is not there when it is off', async () => {
  const moved = openFacia({ env: { FACEGATE_FACIA_PREFIX: '/facia' } });
  const headers = { 'client-secret': 'acme-secret' };
  const ask = (app: typeof moved.app, url: string) => app.inject({ method: 'POST', url, headers });
  expect((await ask(moved.app, '/facia/result')).statusCode).toBe(400);
  expect((await ask(moved.app, '/result')).statusCode).toBe(404);
  const payload = await livenessOf();
  const created = await moved.app.inject({ method: 'POST', url: '/facia/liveness', headers, payload });
  const { reference_id } = created.json().result.data;
  moved.cases.decide(GENUINE, reference_id);
  const status = await moved.app.inject({
    method: 'POST',
    url: '/facia/status',
    headers,
    payload: { reference_id },
  });
  const { quick_liveness_image } = status.json().result.data;
  expect((await moved.app.inject(pathOf(quick_liveness_image))).statusCode).toBe(200);
  expect((await ask(openFacia({ env: { FACEGATE_FACIA_ENABLED: 'false' } }).app, '/result')).statusCode).toBe(
    404,
  );
});
