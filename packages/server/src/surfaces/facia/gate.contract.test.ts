import { describe, expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { GENUINE } from './cases-under-test.contract.ts';
import { livenessOf, openFacia } from './facia-app.contract.ts';

const OPERATIONS = [
  'liveness',
  'face-match',
  'face-search',
  'enroll-face',
  'age-estimation',
  'result',
  'status',
  'delete',
] as const;
const TAKE_BEARER = OPERATIONS.filter((operation) => operation !== 'status');

const FORBIDDEN = '{"status":false,"message":"Forbidden: Service not allowed"}';
const UNAUTHORIZED =
  '{"status":false,"message":"Unauthorized: Invalid signature key provided in the request"}';

describe.each(OPERATIONS)('%s', (operation) => {
  it.each([
    ['no', {}],
    ['an empty', { 'client-secret': '' }],
    ['an unknown', { 'client-secret': 'other-secret' }],
    ['another kind of', { authorization: 'Basic YWNtZTphY21lLXNlY3JldA==' }],
  ])('answers %s credential 403 before it looks at the body', async (_title, headers) => {
    const { as } = openFacia();
    const { status, text } = await as(headers)(operation, '{ not JSON');
    expect([status, text]).toEqual([403, FORBIDDEN]);
  });

  it('is refused to credentials that do not allow it', async () => {
    const { as } = openFacia({ principals: { reader: principalOf('reader', { scopes: ['read'] }) } });
    const { status, text } = await as({ 'client-secret': 'reader-secret' })(operation, '{ not JSON');
    expect([status, text]).toEqual([403, FORBIDDEN]);
  });

  it('tells its faults in this order: too many strangers, credentials, too many requests, body, fields, transaction', async () => {
    const secret = { 'client-secret': 'acme-secret' };
    const statusOf = async (limits: object, headers: Record<string, string>, payload: unknown) => {
      const { status, body } = await openFacia({ limits }).as(headers)(operation, payload);
      return [status, Object.keys(body.errors ?? {})[0]];
    };
    const none = { strangersMax: 0, requestsMax: 0 };
    expect(await statusOf(none, {}, '{')).toEqual([429, undefined]);
    expect(await statusOf({ requestsMax: 0 }, {}, '{')).toEqual([403, undefined]);
    expect(await statusOf({ requestsMax: 0 }, secret, '{')).toEqual([429, undefined]);
    expect(await statusOf({}, secret, '{')).toEqual([400, 'body']);
    expect((await statusOf({}, secret, {}))[0]).toBe(400);
  });
});

describe.each(TAKE_BEARER)('%s', (operation) => {
  it.each([
    ['unknown', { authorization: 'Bearer other-token' }],
    ['empty', { authorization: 'Bearer ' }],
    [
      'unknown, with a right secret beside it,',
      { authorization: 'Bearer x', 'client-secret': 'acme-secret' },
    ],
  ])('answers a token that is %s 401 before it looks at the body', async (_title, headers) => {
    const { as } = openFacia();
    const { status, text } = await as(headers)(operation, '{ not JSON');
    expect([status, text]).toEqual([401, UNAUTHORIZED]);
  });
});

it('/status does not look at a token beside the secret', async () => {
  const { as, create } = openFacia();
  const headers = { authorization: 'Bearer x', 'client-secret': 'acme-secret' };
  expect((await as(headers)('status', { reference_id: await create() })).status).toBe(200);
});

describe('two customers', () => {
  it("do not find each other's transactions: the answer has the bytes of one about nothing", async () => {
    const { as, cases, create, resultOf } = openFacia();
    const theirs = await create();
    await resultOf(theirs, GENUINE);
    for (const operation of ['result', 'status', 'delete'] as const) {
      const ask = as({ 'client-secret': 'rival-secret' });
      const answers = await Promise.all(
        [theirs, 'A'.repeat(15), 'x', theirs.toLowerCase(), `${theirs}\n`].map((reference_id) =>
          ask(operation, { reference_id, comment: 'mine' }),
        ),
      );
      for (const { status, text } of answers) {
        expect([status, text]).toEqual([404, '{"status":false,"message":"Resource not found"}']);
      }
    }
    expect(cases.comments.size).toBe(0);
    expect((await resultOf(theirs)).status).toBe(1);
  });
});

it.each([
  ['GET', '/liveness', 405, 'Method Not Allowed'],
  ['DELETE', '/delete', 405, 'Method Not Allowed'],
  ['POST', '/get-proof/x', 405, 'Method Not Allowed'],
])('answers %s %s %i in its own words', async (method, url, status, message) => {
  const { app } = openFacia();
  const response = await app.inject({ method: method as 'GET', url });
  expect([response.statusCode, response.json()]).toEqual([status, { status: false, message }]);
});

it('answers an address that it does not know 404', async () => {
  const others = { FACEGATE_REGULA_ENABLED: 'false', FACEGATE_VERIHUBS_ENABLED: 'false' };
  const { app } = openFacia({ env: others });
  const response = await app.inject({ method: 'POST', url: '/kyc' });
  expect([response.statusCode, response.json()]).toEqual([
    404,
    { status: false, message: 'Resource not found' },
  ]);
});

it('writes neither credentials nor pictures nor comments nor links to the log', async () => {
  const { ask, app, as, cases, log } = openFacia();
  const request = await livenessOf();
  const { reference_id } = (await ask('liveness', { ...request, client_reference: 'of the log' })).body.result
    .data;
  cases.decide(GENUINE, reference_id);
  const { quick_liveness_image } = (await ask('status', { reference_id })).body.result.data;
  await app.inject(new URL(quick_liveness_image).pathname);
  await ask('delete', { reference_id, comment: 'comment of the log' });
  await as({ authorization: 'Bearer acme-token' })('result', { reference_id });
  await as({})('request-access-token', { client_id: 'acme', client_secret: 'acme-secret' });
  expect(log()).toContain('/get-proof/:token');
  const secrets = ['acme-secret', 'acme-token', 'of the log', request.file.slice(0, 64), reference_id];
  for (const secret of [...secrets, quick_liveness_image.slice(-64)]) expect(log()).not.toContain(secret);
});
