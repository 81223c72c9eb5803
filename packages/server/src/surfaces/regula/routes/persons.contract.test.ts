import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import { ask, NOBODY, openPeopleApp } from '../people-app.contract.ts';

const open = () => ask(openPeopleApp().app);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('POST /api/persons', () => {
  it('201: every field of the person, those that were not given null', async () => {
    const send = open();
    const { status, answer } = await send('POST', '/api/persons', { name: 'Anna', metadata: { a: [1] } });
    expect(status).toBe(201);
    expect(answer).toEqual({
      id: expect.stringMatching(UUID),
      name: 'Anna',
      externalId: null,
      metadata: { a: [1] },
      groups: [expect.stringMatching(UUID)],
      createdAt: expect.stringMatching(DATE),
      updatedAt: answer.createdAt,
      ttl: null,
      expireAt: null,
    });
  });

  it('201: in the Default group, which is made once, when no group is named', async () => {
    const send = open();
    const first = await send('POST', '/api/persons', { name: 'a' });
    const second = await send('POST', '/api/persons', { name: 'b', groups: [] });
    expect(second.answer.groups).toEqual(first.answer.groups);
    const { answer } = await send('GET', '/api/groups');
    expect(answer.items).toMatchObject([{ id: first.answer.groups[0], name: 'Default', metadata: {} }]);
  });

  it('201: in the groups that are named and no other, whatever the case of their letters', async () => {
    const send = open();
    const group = (await send('POST', '/api/groups', { name: 'g', metadata: {} })).answer.id as string;
    const groups = [group.toUpperCase(), group];
    const { status, answer } = await send('POST', '/api/persons', { name: 'a', groups });
    expect([status, answer.groups]).toEqual([201, [group]]);
    expect((await send('GET', '/api/groups')).answer.items).toHaveLength(1);
  });

  it('201: with an externalId', async () => {
    const { answer } = await open()('POST', '/api/persons', { name: 'a', externalId: 'case 7' });
    expect(answer.externalId).toBe('case 7');
  });

  it('201: with a ttl in seconds, answered as ttl and as the moment expireAt', async () => {
    const { answer } = await open()('POST', '/api/persons', { name: 'a', ttl: 3600 });
    expect(answer.ttl).toBe(3600);
    // The store may have its own clock for one of the two.
    const lifetimeMs = Date.parse(answer.expireAt) - Date.parse(answer.createdAt);
    expect(Math.abs(lifetimeMs - 3_600_000)).toBeLessThan(500);
  });

  it('201: null for what may be absent, and unknown keys ignored', async () => {
    const nothing = { externalId: null, metadata: null, groups: null, ttl: null };
    const { status, answer } = await open()('POST', '/api/persons', {
      name: 'a',
      ...nothing,
      tag: 's1',
      env: 'test',
    });
    expect(status).toBe(201);
    expect(answer).toMatchObject({ metadata: {}, ttl: null, externalId: null });
    expect(answer).not.toHaveProperty('tag');
  });

  it('201: metadata comes back as it went, nested, with any key but those JavaScript is harmed by', async () => {
    const send = open();
    const metadata = { '': null, 'ключ "1"': [{ deep: [true, 1.5, '😀'] }], id: 'mine', toString: 'x' };
    const { answer } = await send('POST', '/api/persons', { name: 'a', metadata });
    expect((await send('GET', `/api/persons/${answer.id}`)).answer.metadata).toEqual(metadata);
  });

  it('201: metadata keeps a long text under a name that pictures have elsewhere', async () => {
    const send = open();
    const metadata = { image: 'A'.repeat(20_000), content: ['B'.repeat(17_000)] };
    const { status, answer } = await send('POST', '/api/persons', { name: 'a', metadata });
    expect([status, answer.metadata]).toEqual([201, metadata]);
    expect((await send('GET', `/api/persons/${answer.id}`)).answer.metadata).toEqual(metadata);
  });

  it('201: one of 512 characters has a name, even when each takes four bytes', async () => {
    const name = '😀'.repeat(512);
    const { status, answer } = await open()('POST', '/api/persons', { name });
    expect([status, answer.name]).toEqual([201, name]);
  });

  it.each([
    ['no name', {}, 'name'],
    ['a name that is no text', { name: 1 }, 'name'],
    ['a name of null', { name: null }, 'name'],
    ['a name of 513 characters', { name: 'x'.repeat(513) }, 'name'],
    ['a NUL in the name', { name: 'a\0b' }, 'name'],
    ['half a surrogate pair in the name', { name: 'a\ud83d' }, 'name'],
    ['an externalId that is no text', { name: 'a', externalId: {} }, 'externalId'],
    ['half a surrogate pair in the externalId', { name: 'a', externalId: '\udc00' }, 'externalId'],
    ['metadata that is no object', { name: 'a', metadata: 'x' }, 'metadata'],
    ['metadata that is a list', { name: 'a', metadata: [] }, 'metadata'],
    ['a NUL deep in metadata', { name: 'a', metadata: { a: [{ b: '\0' }] } }, 'metadata'],
    ['half a surrogate pair in a key of metadata', { name: 'a', metadata: { '\ud800': 1 } }, 'metadata'],
    ['metadata above 64 KiB', { name: 'a', metadata: { a: 'x'.repeat(65_536) } }, 'metadata'],
    ['a group that is no UUID', { name: 'a', groups: ['g'] }, 'groups/0'],
    ['a group with a urn: head', { name: 'a', groups: [`urn:uuid:${NOBODY}`] }, 'groups/0'],
    ['groups that are no list', { name: 'a', groups: NOBODY }, 'groups'],
    ['a negative ttl', { name: 'a', ttl: -1 }, 'ttl'],
    ['a ttl that is not whole', { name: 'a', ttl: 1.5 }, 'ttl'],
    ['a ttl beyond the range', { name: 'a', ttl: 2 ** 31 }, 'ttl'],
    ['a body that is a list', [], ''],
  ])('400 with the field: %s', async (_, body, field) => {
    const { status, answer } = await open()('POST', '/api/persons', body);
    expect(status).toBe(400);
    expect(answer).toEqual({
      statusCode: 400,
      type: 'BadParamsException',
      msg: expect.any(String),
      metadata: { field },
    });
  });

  it('400: a group that does not exist, since creating knows no 404', async () => {
    const send = open();
    const { status, answer } = await send('POST', '/api/persons', { name: 'a', groups: [NOBODY] });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ type: 'BadParamsException', msg: 'There is no such group.' });
    expect((await send('GET', '/api/groups')).answer.items).toEqual([]);
  });

  it('400: no body, and one that is not JSON', async () => {
    const { app } = openPeopleApp();
    const bare = await app.inject({ method: 'POST', url: '/api/persons' });
    const headers = { 'content-type': 'application/json' };
    const broken = await app.inject({ method: 'POST', url: '/api/persons', payload: '{"name":', headers });
    for (const response of [bare, broken]) {
      expect(response.json()).toMatchObject({ statusCode: 400, type: 'BadParamsException', metadata: {} });
    }
  });

  it('415: another content type', async () => {
    const headers = { 'content-type': 'text/plain' };
    const { status, answer } = await open()('POST', '/api/persons', 'name', headers);
    expect([status, answer.statusCode, answer.type]).toEqual([415, 415, 'UnsupportedMediaTypeException']);
  });
});

describe('GET /api/persons/{personId}', () => {
  it('200: what was created, also when asked in capitals', async () => {
    const send = open();
    const { answer } = await send('POST', '/api/persons', { name: 'Anna', externalId: 'x', ttl: 60 });
    const found = await send('GET', `/api/persons/${answer.id.toUpperCase()}`);
    expect([found.status, found.answer]).toEqual([200, answer]);
  });

  it('404: nobody has this id, and one whose ttl is over', async () => {
    const send = open();
    const expired = await send('POST', '/api/persons', { name: 'a', ttl: 0 });
    for (const id of [NOBODY, expired.answer.id]) {
      const { status, answer } = await send('GET', `/api/persons/${id}`);
      expect(status).toBe(404);
      expect(answer).toEqual({
        statusCode: 404,
        type: 'NotFoundException',
        msg: 'There is no such person.',
        metadata: {},
      });
    }
  });

  it.each(['1', 'not-a-uuid', `${NOBODY}0`, '%00', encodeURIComponent("' or 1=1")])(
    '400: %s is no UUID',
    async (id) => {
      const { status, answer } = await open()('GET', `/api/persons/${id}`);
      expect(status).toBe(400);
      expect(answer).toMatchObject({ type: 'BadParamsException', metadata: { field: 'personId' } });
    },
  );
});

describe('PUT /api/persons/{personId}', () => {
  it('204 and nothing else: the fields given are changed and the others stay', async () => {
    const send = open();
    const created = await send('POST', '/api/persons', { name: 'a', externalId: 'x', metadata: { n: 1 } });
    const url = `/api/persons/${created.answer.id}`;
    const { status, answer } = await send('PUT', url, { name: 'b', metadata: null });
    expect([status, answer]).toEqual([204, undefined]);
    const after = (await send('GET', url)).answer;
    expect(after).toEqual({ ...created.answer, name: 'b', updatedAt: after.updatedAt });
    expect(after.updatedAt >= created.answer.updatedAt).toBe(true);
  });

  it('204: metadata and groups are replaced as a whole; no groups means none', async () => {
    const send = open();
    const { answer } = await send('POST', '/api/persons', { name: 'a', metadata: { old: 1 } });
    const url = `/api/persons/${answer.id}`;
    await send('PUT', url, { metadata: { new: 2 }, groups: [] });
    expect((await send('GET', url)).answer).toMatchObject({ metadata: { new: 2 }, groups: [] });
  });

  it('204: an empty body changes nothing but the date', async () => {
    const send = open();
    const { answer } = await send('POST', '/api/persons', { name: 'a' });
    expect((await send('PUT', `/api/persons/${answer.id}`, {})).status).toBe(204);
    expect((await send('GET', `/api/persons/${answer.id}`)).answer.name).toBe('a');
  });

  it('400: a bad field and a bad id', async () => {
    const send = open();
    expect((await send('PUT', `/api/persons/${NOBODY}`, { name: 7 })).answer.metadata).toEqual({
      field: 'name',
    });
    expect((await send('PUT', '/api/persons/7', {})).answer.metadata).toEqual({ field: 'personId' });
  });

  it('404: nobody has this id, and there is no such group; then nothing is changed', async () => {
    const send = open();
    expect((await send('PUT', `/api/persons/${NOBODY}`, { name: 'b' })).status).toBe(404);
    const { answer } = await send('POST', '/api/persons', { name: 'a' });
    const url = `/api/persons/${answer.id}`;
    expect((await send('PUT', url, { name: 'b', groups: [NOBODY] })).status).toBe(404);
    expect((await send('GET', url)).answer).toEqual(answer);
  });
});

describe('DELETE /api/persons/{personId}', () => {
  it('204, then 404', async () => {
    const send = open();
    const { answer } = await send('POST', '/api/persons', { name: 'a' });
    const url = `/api/persons/${answer.id}`;
    expect(await send('DELETE', url)).toMatchObject({ status: 204, answer: undefined });
    expect((await send('DELETE', url)).status).toBe(404);
    expect((await send('GET', url)).status).toBe(404);
  });

  it('204: with the content type of a body that is not there, as some clients send it', async () => {
    const send = open();
    const { answer } = await send('POST', '/api/persons', { name: 'a' });
    const headers = { 'content-type': 'application/json' };
    const { status } = await send('DELETE', `/api/persons/${answer.id}`, undefined, headers);
    expect(status).toBe(204);
  });

  it('400: a bad id', async () => {
    expect((await open()('DELETE', '/api/persons/7')).status).toBe(400);
  });
});

describe('GET /api/persons/{personId}/groups', () => {
  it('200: a page of the groups a person is in, the latest first', async () => {
    const send = open();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.push((await send('POST', '/api/groups', { name })).answer.id);
    const { answer } = await send('POST', '/api/persons', { name: 'p', groups: [ids[2], ids[0]] });
    const page = await send('GET', `/api/persons/${answer.id}/groups?page=1&size=1`);
    expect(page.status).toBe(200);
    expect(page.answer).toMatchObject({ items: [{ id: ids[2], name: 'c' }], page: 1, totalPages: 2 });
    const all = await send('GET', `/api/persons/${answer.id}/groups`);
    expect(all.answer.items.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[0]]);
  });

  it('400: a bad page; 404: nobody', async () => {
    const send = open();
    expect((await send('GET', `/api/persons/${NOBODY}/groups?page=0`)).answer.metadata).toEqual({
      field: 'page',
    });
    expect((await send('GET', `/api/persons/${NOBODY}/groups`)).status).toBe(404);
  });
});

describe('addresses of persons', () => {
  it.each([
    ['PATCH', `/api/persons/${NOBODY}`, 'GET, HEAD, PUT, DELETE'],
    ['GET', '/api/persons', 'POST'],
    ['POST', `/api/persons/${NOBODY}/groups`, 'GET, HEAD'],
  ] as const)('405: %s %s', async (method, url, allow) => {
    const response = await openPeopleApp().app.inject({ method, url });
    expect([response.statusCode, response.headers['allow']]).toEqual([405, allow]);
  });

  it('404: below them', async () => {
    const response = await openPeopleApp().app.inject({ url: `/api/persons/${NOBODY}/unknown` });
    expect(response.statusCode).toBe(404);
  });
});

describe('where nothing can be kept', () => {
  it('503 with Retry-After', async () => {
    const { status, answer, headers } = await ask(openApp().app)('POST', '/api/persons', { name: 'a' });
    expect(status).toBe(503);
    expect(answer).toMatchObject({ statusCode: 503, type: 'ServiceUnavailableException' });
    expect(headers['retry-after']).toBe('1');
  });
});
