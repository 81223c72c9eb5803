import { describe, expect, it } from 'vitest';
import { ask, NOBODY, openPeopleApp } from '../people-app.contract.ts';

const open = () => ask(openPeopleApp().app);
type Send = ReturnType<typeof open>;

const group = async (send: Send, name = 'g'): Promise<string> =>
  (await send('POST', '/api/groups', { name, metadata: {} })).answer.id;
const person = async (send: Send, body: object = {}): Promise<string> =>
  (await send('POST', '/api/persons', { name: 'p', ...body })).answer.id;
const idsIn = (answer: { items: { id: string }[] }) => answer.items.map(({ id }) => id);

describe('POST /api/groups', () => {
  it('201: id, name, metadata, createdAt', async () => {
    const { status, answer } = await open()('POST', '/api/groups', { name: 'staff', metadata: { n: 1 } });
    expect(status).toBe(201);
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'staff',
      metadata: { n: 1 },
      createdAt: expect.stringMatching(/Z$/),
    });
  });

  it.each([{}, { metadata: null }, { metadata: {}, tag: 't' }])(
    '201: %j besides the name',
    async (besides) => {
      const { status, answer } = await open()('POST', '/api/groups', { name: 'g', ...besides });
      expect([status, answer.metadata]).toEqual([201, {}]);
    },
  );

  it('201: two groups of one name are two groups', async () => {
    const send = open();
    expect(await group(send)).not.toBe(await group(send));
  });

  it.each([
    [{}, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'g\0' }, 'name'],
    [{ name: 'x'.repeat(513) }, 'name'],
    [{ name: 'g', metadata: 1 }, 'metadata'],
    [{ name: 'g', metadata: { a: '\0' } }, 'metadata'],
  ])('400: %j', async (body, field) => {
    const { status, answer } = await open()('POST', '/api/groups', body);
    expect([status, answer.type, answer.metadata]).toEqual([400, 'BadParamsException', { field }]);
  });
});

describe('GET /api/groups', () => {
  it('200: an empty list is one page', async () => {
    const { status, answer } = await open()('GET', '/api/groups');
    expect([status, answer]).toEqual([200, { items: [], page: 1, totalPages: 1 }]);
  });

  it('200: the latest first, page by page', async () => {
    const send = open();
    const ids = [await group(send), await group(send), await group(send)].reverse();
    const first = (await send('GET', '/api/groups?page=1&size=2')).answer;
    const second = (await send('GET', '/api/groups?page=2&size=2')).answer;
    expect([first.page, first.totalPages, idsIn(first)]).toEqual([1, 2, ids.slice(0, 2)]);
    expect([second.page, second.totalPages, idsIn(second)]).toEqual([2, 2, ids.slice(2)]);
  });

  it('200: beyond the end there is nothing', async () => {
    const send = open();
    await group(send);
    const { status, answer } = await send('GET', '/api/groups?page=999999999&size=1000');
    expect([status, answer]).toEqual([200, { items: [], page: 999_999_999, totalPages: 1 }]);
  });

  it.each([
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1.5', 'page'],
    ['page=', 'page'],
    ['page=x', 'page'],
    ['page=1&page=2', 'page'],
    ['page=1000000000', 'page'],
    ['size=0', 'size'],
    ['size=1001', 'size'],
    ['size=1e2', 'size'],
  ])('400: ?%s', async (query, field) => {
    const { status, answer } = await open()('GET', `/api/groups?${query}`);
    expect([status, answer.metadata]).toEqual([400, { field }]);
  });

  it('200: other parameters are ignored', async () => {
    expect((await open()('GET', '/api/groups?page=01&size=1000&sort=name')).status).toBe(200);
  });
});

describe('GET, PUT and DELETE /api/groups/{groupId}', () => {
  it('200: the group; 204: changed; the metadata stays where none is given', async () => {
    const send = open();
    const { answer: created } = await send('POST', '/api/groups', { name: 'a', metadata: { n: 1 } });
    const url = `/api/groups/${created.id}`;
    expect(await send('GET', url)).toMatchObject({ status: 200, answer: created });
    expect(await send('PUT', url, { name: 'b' })).toMatchObject({ status: 204, answer: undefined });
    expect((await send('GET', url)).answer).toEqual({ ...created, name: 'b' });
    await send('PUT', url, { name: 'b', metadata: {} });
    expect((await send('GET', url)).answer.metadata).toEqual({});
  });

  it('204: gone, and its persons stay', async () => {
    const send = open();
    const id = await group(send);
    const personId = await person(send, { groups: [id] });
    expect(await send('DELETE', `/api/groups/${id}`)).toMatchObject({ status: 204, answer: undefined });
    expect((await send('GET', `/api/groups/${id}`)).status).toBe(404);
    expect((await send('GET', `/api/persons/${personId}`)).answer.groups).toEqual([]);
  });

  it('400: an id that is no UUID, a body without a name', async () => {
    const send = open();
    expect((await send('GET', '/api/groups/7')).answer.metadata).toEqual({ field: 'groupId' });
    expect((await send('PUT', '/api/groups/7', { name: 'a' })).answer.metadata).toEqual({ field: 'groupId' });
    const id = await group(send);
    expect((await send('PUT', `/api/groups/${id}`, {})).answer.metadata).toEqual({ field: 'name' });
  });

  it('404: no such group; to DELETE, which knows no 400, also one that is no UUID', async () => {
    const send = open();
    expect((await send('GET', `/api/groups/${NOBODY}`)).answer).toEqual({
      statusCode: 404,
      type: 'NotFoundException',
      msg: 'There is no such group.',
      metadata: {},
    });
    expect((await send('PUT', `/api/groups/${NOBODY}`, { name: 'a' })).status).toBe(404);
    expect((await send('DELETE', `/api/groups/${NOBODY}`)).status).toBe(404);
    expect((await send('DELETE', '/api/groups/7')).status).toBe(404);
  });
});

describe('GET /api/groups/{groupId}/persons', () => {
  it('200: a page of whole persons, the latest first', async () => {
    const send = open();
    const id = await group(send);
    const [a, b] = [await person(send, { groups: [id] }), await person(send, { groups: [id] })];
    await person(send);
    const { status, answer } = await send('GET', `/api/groups/${id}/persons?page=1&size=1`);
    expect([status, answer.page, answer.totalPages]).toEqual([200, 1, 2]);
    expect(answer.items).toEqual([(await send('GET', `/api/persons/${b}`)).answer]);
    expect(idsIn((await send('GET', `/api/groups/${id}/persons`)).answer)).toEqual([b, a]);
  });

  it('400: a bad id, a bad page; 404: no such group', async () => {
    const send = open();
    expect((await send('GET', '/api/groups/7/persons')).status).toBe(400);
    expect((await send('GET', `/api/groups/${NOBODY}/persons?size=0`)).status).toBe(400);
    expect((await send('GET', `/api/groups/${NOBODY}/persons`)).status).toBe(404);
  });
});

describe('PUT /api/groups/{groupId}/persons', () => {
  it('204: adds and removes; what is so already stays so', async () => {
    const send = open();
    const id = await group(send);
    const [a, b] = [await person(send), await person(send)];
    const url = `/api/groups/${id}/persons`;
    expect(await send('PUT', url, { addItems: [a, b, a] })).toMatchObject({
      status: 204,
      answer: undefined,
    });
    expect(idsIn((await send('GET', url)).answer)).toEqual([b, a]);
    expect((await send('PUT', url, { addItems: [b], removeItems: [a, NOBODY] })).status).toBe(204);
    expect(idsIn((await send('GET', url)).answer)).toEqual([b]);
    expect((await send('GET', `/api/persons/${b}`)).answer.groups).toContain(id);
  });

  it.each([{}, { addItems: null, removeItems: [] }])('204: %j changes nothing', async (body) => {
    const send = open();
    const id = await group(send);
    expect((await send('PUT', `/api/groups/${id}/persons`, body)).status).toBe(204);
  });

  it('400: ids that are no UUIDs', async () => {
    const send = open();
    const url = `/api/groups/${await group(send)}/persons`;
    expect((await send('PUT', url, { addItems: ['7'] })).answer.metadata).toEqual({ field: 'addItems/0' });
    expect((await send('PUT', url, { removeItems: 7 })).answer.metadata).toEqual({ field: 'removeItems' });
    const many = Array.from({ length: 10_001 }, () => NOBODY);
    expect((await send('PUT', url, { addItems: many })).answer.metadata).toEqual({ field: 'addItems' });
  });

  it('404: no such group, or somebody to be added who is not there: then nothing is changed', async () => {
    const send = open();
    const id = await group(send);
    const a = await person(send);
    const url = `/api/groups/${id}/persons`;
    expect((await send('PUT', `/api/groups/${NOBODY}/persons`, { addItems: [a] })).status).toBe(404);
    expect((await send('PUT', url, { addItems: [a, NOBODY] })).status).toBe(404);
    expect((await send('GET', url)).answer.items).toEqual([]);
  });
});

describe('logs', () => {
  it('tell how many, and no name, externalId, metadata, id or query', async () => {
    const { app, log } = openPeopleApp();
    const send = ask(app);
    const id = await group(send, 'SECRETGROUP');
    await person(send, {
      name: 'SECRETNAME',
      externalId: 'SECRETID',
      metadata: { k: 'SECRETDATA' },
      groups: [id],
    });
    await send('GET', `/api/groups/${id}/persons?page=1&hint=SECRETQUERY`);
    await send('POST', '/api/persons', { name: 'SECRETNAME', ttl: -1 });
    expect(log()).toContain('"persons":1');
    expect(log()).toContain('"surface":"regula"');
    expect(log()).not.toMatch(new RegExp(`SECRET|${id}`));
  });
});
