import type { FastifyInstance, InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { issuedFor } from '../../accounts-under-test.contract.ts';
import { SCOPES, type Scope } from '../../domain/accounts/account.ts';
import type { IssuedCredentials } from '../../domain/accounts/accounts.ts';
import { REGULA_PATHS } from './paths.ts';
import { ask, NOBODY, openPeopleApp } from './people-app.contract.ts';
import { ANNA, BORIS, of } from './pictures-of-people.contract.ts';

const CLOSED = { FACEGATE_HOST: '0.0.0.0' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const keyOf = (issued: IssuedCredentials) => issuedFor(issued, 'native').secret;

/** Any id, and a body that means nothing: whether the caller gets through is settled before. */
const somewhere = ({ method, path }: (typeof REGULA_PATHS)[number]) => ({
  method,
  url: path.replace(/:\w+/g, NOBODY),
});

async function openClosed() {
  const { app, accounts, log } = openPeopleApp({ env: CLOSED });
  const issued = await accounts.create('first');
  return { app, accounts, log, issued, key: keyOf(issued), send: ask(app) };
}

describe('where a key is asked for', () => {
  it('every operation but health answers 401 without one, before it reads the body', async () => {
    const { app } = await openClosed();
    for (const path of REGULA_PATHS) {
      const body = path.method === 'GET' ? {} : { payload: '{' };
      const answer = await app.inject({ ...somewhere(path), ...body });
      if (path.asks === 'none') {
        expect(answer.statusCode).toBe(200);
        continue;
      }
      expect([path, answer.statusCode]).toEqual([path, 401]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      const { msg, code, metadata } = answer.json();
      expect(code ?? 202).toBe(202);
      expect([msg, metadata?.reason]).toContain('Valid credentials are needed.');
    }
  });

  it('no wrong key gets through, however it is sent', async () => {
    const { app, key, issued } = await openClosed();
    const facia = issuedFor(issued, 'facia');
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer null',
      `Bearer ${key}x`,
      `Bearer ${key} x`,
      `Basic ${key}`,
      key,
      `Bearer ${facia.secret}`,
      `Basic ${Buffer.from(`${facia.identifier}:${facia.secret}`).toString('base64')}`,
    ];
    const attempts: InjectOptions[] = [
      ...wrong.map((authorization) => ({ url: '/api/groups', headers: { authorization } })),
      { url: `/api/groups?access_token=${key}` },
      { url: '/api/groups', headers: { 'x-api-key': key, cookie: `key=${key}` } },
    ];
    for (const attempt of attempts) {
      expect([attempt, (await app.inject(attempt)).statusCode]).toEqual([attempt, 401]);
    }
    expect((await app.inject({ url: '/api/groups', headers: bearer(key) })).statusCode).toBe(200);
    expect(
      (await app.inject({ url: '/api/groups', headers: { authorization: `bearer  ${key} ` } })).statusCode,
    ).toBe(200);
  });

  it('no other spelling of an address gets by', async () => {
    const { app } = await openClosed();
    const urls = [
      '//api//groups/',
      '/api/groups/',
      '/API/GROUPS',
      '/api/%67roups',
      '/api/groups;x',
      '/api/./groups',
      '/x/../api/groups',
    ];
    for (const url of urls)
      expect([url, [401, 404]]).toEqual([url, expect.arrayContaining([(await app.inject(url)).statusCode])]);
    expect((await app.inject({ method: 'HEAD', url: '/api/groups' })).statusCode).toBe(401);
  });

  it('a key that is rotated out or whose account is disabled is refused at the next request', async () => {
    const { app, accounts, key } = await openClosed();
    const status = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/api/groups', headers })).statusCode;
    const next = keyOf(await accounts.rotate('first', { overlapSeconds: 0 }));
    expect([await status(bearer(key)), await status(bearer(next))]).toEqual([401, 200]);
    await accounts.disable('first');
    expect(await status(bearer(next))).toBe(401);
  });

  it('a key does what its scopes say and nothing else', async () => {
    const { app, accounts } = await openClosed();
    for (const scope of SCOPES) {
      const key = keyOf(await accounts.rotate('first', { doors: ['native'], scopes: [scope] }));
      for (const path of REGULA_PATHS) {
        const { statusCode } = await app.inject({ ...somewhere(path), headers: bearer(key) });
        expect([scope, path, statusCode !== 403]).toEqual([scope, path, isAllowed(path.asks, scope)]);
        expect(statusCode).not.toBe(401);
      }
    }
  });

  it('no key and no name of an account is in the log', async () => {
    const { app, key, log } = await openClosed();
    await app.inject({ url: '/api/groups', headers: bearer(key) });
    await app.inject({ url: '/api/groups', headers: bearer(`${key}x`) });
    expect(log()).toContain('/api/groups');
    expect(log()).not.toContain(key.slice(0, 20));
    expect(log()).not.toContain('first');
  });
});

const isAllowed = (asks: string, scope: Scope): boolean =>
  asks === 'none' || scope === 'admin' || asks === scope;

it('every route of the surface has its line in the list of what operations ask', async () => {
  const { app } = openPeopleApp({
    env: { FACEGATE_VERIHUBS_ENABLED: 'false', FACEGATE_FACIA_ENABLED: 'false' },
  });
  await app.ready();
  const routes = app.printRoutes({ commonPrefix: false, includeHooks: false });
  const listed = REGULA_PATHS.flatMap(({ method, path }) =>
    app.hasRoute({ method, url: path }) ? [path] : [],
  );
  expect(listed).toHaveLength(REGULA_PATHS.length);
  const leaves = routes.match(/\((.*?)\)/g) ?? [];
  const methods = leaves
    .flatMap((leaf) => leaf.slice(1, -1).split(', '))
    .filter((method) => method !== 'HEAD');
  // One more: /metrics.
  expect(methods).toHaveLength(REGULA_PATHS.length + 1);
});

describe('where the door is open', () => {
  it('who shows no key has the default account, who shows one has its own, and a wrong one is refused', async () => {
    const { app, accounts } = openPeopleApp();
    const send = ask(app);
    const local = await accounts.createDefault();
    const other = await accounts.create('other');
    if (local === undefined) throw new Error('the default account was there');
    const { answer } = await send('POST', '/api/groups', { name: 'g' });
    const seen = async (key?: string) =>
      (await send('GET', `/api/groups/${answer.id}`, undefined, key === undefined ? {} : bearer(key))).status;
    expect([await seen(), await seen(keyOf(local)), await seen(keyOf(other)), await seen('fg_x')]).toEqual([
      200, 200, 404, 401,
    ]);
    for (const authorization of ['Basic cHJveHk6cGFzcw==', 'Bearer of-a-gateway']) {
      expect((await send('GET', '/api/groups', undefined, { authorization })).status).toBe(200);
    }
  });
});

describe('two accounts', () => {
  /** What one account made, and the ids of nothing. */
  async function openTwo() {
    const { app, accounts } = openPeopleApp({ env: CLOSED });
    const [anna, boris] = [keyOf(await accounts.create('a')), keyOf(await accounts.create('b'))];
    const send = ask(app);
    const group = (await send('POST', '/api/groups', { name: 'g' }, bearer(anna))).answer.id as string;
    const made = await send('POST', '/api/persons', { name: 'Anna', groups: [group] }, bearer(anna));
    const person = made.answer.id as string;
    const content = await of(ANNA);
    const image = (await send('POST', `/api/persons/${person}/images`, { image: { content } }, bearer(anna)))
      .answer.id as string;
    return { app, send, anna, boris, ids: { group, person, image }, content };
  }

  /** Every operation that names a thing, with each kind of id it can name. */
  const operations = (
    ids: { group: string; person: string; image: string },
    own: { group: string; person: string },
    content: string,
  ) => [
    ...['GET', 'PUT', 'DELETE'].map((method) => ({
      method,
      url: `/api/persons/${ids.person}`,
      payload: { name: 'x' },
    })),
    { method: 'GET', url: `/api/persons/${ids.person}/groups` },
    { method: 'GET', url: `/api/persons/${ids.person}/images` },
    { method: 'POST', url: `/api/persons/${ids.person}/images`, payload: { image: { content } } },
    ...['GET', 'DELETE'].flatMap((method) => [
      { method, url: `/api/persons/${ids.person}/images/${ids.image}` },
      { method, url: `/api/persons/${own.person}/images/${ids.image}` },
    ]),
    ...['GET', 'PUT', 'DELETE'].map((method) => ({
      method,
      url: `/api/groups/${ids.group}`,
      payload: { name: 'x' },
    })),
    { method: 'GET', url: `/api/groups/${ids.group}/persons` },
    { method: 'PUT', url: `/api/groups/${ids.group}/persons`, payload: { addItems: [own.person] } },
    { method: 'PUT', url: `/api/groups/${own.group}/persons`, payload: { addItems: [ids.person] } },
    { method: 'PUT', url: `/api/groups/${own.group}/persons`, payload: { removeItems: [ids.person] } },
    { method: 'POST', url: '/api/persons', payload: { name: 'x', groups: [ids.group] } },
    { method: 'PUT', url: `/api/persons/${own.person}`, payload: { groups: [ids.group] } },
    { method: 'POST', url: '/api/search', payload: { image: { content }, groupIds: [ids.group] } },
    {
      method: 'POST',
      url: '/api/match_and_search',
      payload: { images: [{ content }], groupIds: [ids.group] },
    },
    {
      method: 'POST',
      url: '/api/search',
      payload: { image: { content }, groupIds: [ids.group], createPerson: { name: 'x' } },
    },
  ];

  it("answer the other's ids byte for byte as ids of nothing, on every route, and change nothing", async () => {
    const { app, send, anna, boris, ids, content } = await openTwo();
    const group = (await send('POST', '/api/groups', { name: 'own' }, bearer(boris))).answer.id;
    const person = (await send('POST', '/api/persons', { name: 'Boris', groups: [group] }, bearer(boris)))
      .answer.id;
    const own = { group, person };
    const nothing = { group: NOBODY, person: NOBODY, image: NOBODY };
    const strangers = operations(ids, own, content);
    const absences = operations(nothing, own, content);
    const answerTo = async (request: { method: string; url: string; payload?: object }) => {
      const { statusCode, body, headers } = await app.inject({
        ...request,
        headers: bearer(boris),
      } as InjectOptions);
      return { statusCode, body: timeless(body, request), type: headers['content-type'] };
    };
    const before = await everythingOf(app, anna, ids);
    for (const [i, stranger] of strangers.entries()) {
      const [theirs, absent] = [await answerTo(stranger), await answerTo(absences[i] ?? stranger)];
      expect([stranger.method, stranger.url, theirs]).toEqual([stranger.method, stranger.url, absent]);
    }
    expect(await everythingOf(app, anna, ids)).toEqual(before);
  });

  it('find nobody of each other in a search, and see no groups of each other', async () => {
    const { send, anna, boris, content, ids } = await openTwo();
    const image = { content };
    const search = async (key: string) =>
      (await send('POST', '/api/search', { image }, bearer(key))).answer.persons;
    expect((await search(anna)).map(({ id }: { id: string }) => id)).toEqual([ids.person]);
    expect(await search(boris)).toEqual([]);
    const both = { images: [image, { content: await of(BORIS) }] };
    const matched = await send('POST', '/api/match_and_search', both, bearer(boris));
    expect(JSON.stringify(matched.answer)).not.toContain(ids.person);
    expect((await send('GET', '/api/groups', undefined, bearer(boris))).answer.items).toEqual([]);
  });

  it('may use one idempotency key each', async () => {
    const { send, anna, boris } = await openTwo();
    const made = await Promise.all(
      [anna, boris].map((key) =>
        send('POST', '/api/groups', { name: 'same' }, { ...bearer(key), 'idempotency-key': 'k' }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(made[0]?.answer.id).not.toBe(made[1]?.answer.id);
  });
});

/** Without the times of day and durations that any two answers differ in, and without ids just made. */
const timeless = (body: string, { url }: { url: string }): string =>
  url.includes('search') ? body.replace(/"(serverTime|elapsedTime|timer)":("[^"]*"|[\d.]+)/g, '') : body;

async function everythingOf(
  app: FastifyInstance,
  key: string,
  ids: { group: string; person: string; image: string },
) {
  const read = async (url: string) => (await app.inject({ url, headers: bearer(key) })).body;
  const { group, person, image } = ids;
  return Promise.all(
    [
      `/api/persons/${person}`,
      `/api/groups/${group}`,
      `/api/groups/${group}/persons`,
      `/api/persons/${person}/images/${image}`,
    ].map(read),
  );
}
