import { expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { ANNA, BORIS, of, openVerihubs } from './verihubs-app.contract.ts';

const OPERATIONS = ['verify', 'enroll', 'search', 'compare', 'liveness', 'delete'] as const;

it.each(OPERATIONS)('%s answers whoever is unknown 401 before it looks at the body', async (operation) => {
  const { as } = openVerihubs();
  const { status, text } = await as('stranger')(operation, '{ not JSON');
  expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
});

it.each(OPERATIONS)('%s is refused to credentials that do not allow it', async (operation) => {
  const scopes = ['read'] as const;
  const { as } = openVerihubs({ principals: { reader: principalOf('reader', { scopes }) } });
  const { status, body } = await as('reader')(operation, {});
  expect([status, body.error_code]).toEqual([403, 'FORBIDDEN']);
});

it.each(OPERATIONS)('%s says how many requests are left, and when to come again', async (operation) => {
  const { ask } = openVerihubs({ limits: { requestsMax: 1 } });
  const first = await ask(operation, {});
  expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' });
  const second = await ask(operation, {});
  expect([second.status, second.body.error_code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(second.headers).toMatchObject({ 'retry-after': '60', 'x-ratelimit-reset': '1700000000' });
});

it('counts strangers by address before their credentials are looked at', async () => {
  const { ask } = openVerihubs({ limits: { strangersMax: 1 } });
  await ask('verify', {});
  const { status, headers } = await ask('verify', {});
  expect([status, headers['retry-after']]).toEqual([429, '60']);
});

it.each([
  ['text', 'text/plain', 'image'],
  ['a form', 'application/x-www-form-urlencoded', 'image=x'],
  ['broken JSON', 'application/json', '{"image":'],
  ['nothing', 'application/json', ''],
  ['a forbidden key', 'application/json', '{"__proto__":1}'],
])('answers %s INVALID_PAYLOAD', async (_title, type, payload) => {
  const { app } = openVerihubs();
  const headers = { 'app-id': 'acme', 'api-key': 'acme-key', 'content-type': type };
  const response = await app.inject({ method: 'POST', url: '/v1/face/verify', headers, payload });
  expect([response.statusCode, response.json().error_code]).toEqual([400, 'INVALID_PAYLOAD']);
});

it('lets a person be verified again after too many failures only when the delay is over', async () => {
  const { ask, limits } = openVerihubs({ limits: { failuresMax: 2 } });
  await ask('enroll', { image: await of(ANNA), subject_id: 'anna' });
  const verify = { image: await of(BORIS), subject_id: 'anna' };
  for (let i = 0; i < 2; i++) expect((await ask('verify', verify)).body.error_code).toBe('FAIL_ON_16');
  const { status, body, headers } = await ask('verify', { ...verify, image: await of(ANNA) });
  expect([status, body.error_code, headers['retry-after']]).toEqual([429, 'TOO_MANY_REQUESTS', '30']);
  expect(body).not.toHaveProperty('similarity_score');
  expect(limits.attempts.map(({ outcome }) => outcome)).toEqual(['failure', 'failure']);
});

it('counts an attack that was noticed as a failed attempt, and a success as one', async () => {
  const attack = { outcome: 'attack', attackProbability: 0.9, assurance: 'normal', evidence: [] } as const;
  const { ask, limits } = openVerihubs({ engine: { presentationAttack: attack } });
  const verify = { image: await of(ANNA), subject_id: 'anna' };
  await ask('enroll', verify);
  await ask('verify', { ...verify, is_liveness: true, validate_liveness: true });
  await ask('verify', verify);
  expect(limits.attempts).toMatchObject([
    { space: expect.stringMatching(/^acme/), isLivenessChecked: true, outcome: 'failure' },
    { space: expect.stringMatching(/^acme/), isLivenessChecked: false, outcome: 'success' },
  ]);
});

it('writes neither credentials nor names nor pictures to the log', async () => {
  const { ask, log } = openVerihubs();
  const image = await of(ANNA);
  const request = { image, subject_id: 'anna.of.the.log' };
  await ask('enroll', request);
  await ask('verify', request);
  await ask('verify', { ...request, threshold: 'low' });
  await ask('delete', { subject_id: 'anna.of.the.log' });
  expect(log()).toContain('/v1/face/verify');
  for (const secret of ['acme-key', 'anna.of.the.log', image.slice(0, 64)])
    expect(log()).not.toContain(secret);
});

it.each(['/v1/face/deepfakes', '/v1/face', '/v1/nothing', '/v1/face/verify/more'])(
  'says in the words of the vendor that there is nothing at %s, though other vendors share the root',
  async (url) => {
    const { app } = openVerihubs();
    const response = await app.inject({ method: 'POST', url });
    expect([response.statusCode, response.json().error_code]).toEqual([404, 'NOT_FOUND']);
    const elsewhere = await app.inject({ method: 'POST', url: '/api/nothing' });
    expect([elsewhere.statusCode, elsewhere.json()]).toEqual([
      404,
      expect.not.objectContaining({ error_code: 'NOT_FOUND' }),
    ]);
  },
);
