import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ask, openPeopleApp } from './people-app.contract.ts';
import { ANNA, BORIS, of } from './pictures-of-people.contract.ts';

const key = (value: string) => ({ 'idempotency-key': value });

async function openWithPerson() {
  const { app } = openPeopleApp();
  const send = ask(app);
  const { answer } = await send('POST', '/api/persons', { name: 'p' });
  return { app, send, images: `/api/persons/${answer.id}/images`, group: answer.groups[0] as string };
}

describe('Idempotency-Key', () => {
  it('gives one person for two requests that mean the same, whatever their white space and order', async () => {
    const { app, send, group } = await openWithPerson();
    const post = (payload: string, url = '/api/persons') =>
      app.inject({
        method: 'POST',
        url,
        payload,
        headers: { ...key('k'), 'content-type': 'application/json' },
      });
    const first = await post('{"name":"a","metadata":{"x":1,"y":2}}');
    const second = await post('{ "metadata": {"y":2, "x":1}, "name":"\\u0061" }', '//api/persons/');
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
    expect((await send('GET', `/api/groups/${group}/persons`)).answer.items).toHaveLength(2);
  });

  it('gives one group and one image', async () => {
    const { send, images } = await openWithPerson();
    const body = { image: { content: await of(ANNA) } };
    const cases = [
      ['/api/groups', { name: 'g' }],
      [images, body],
    ] as const;
    for (const [url, payload] of cases) {
      const first = await send('POST', url, payload, key(url));
      const capitals = url.replace(/[^/]*-[^/]*/, (id) => id.toUpperCase());
      const second = await send('POST', capitals, payload, key(url));
      expect([second.status, second.answer]).toEqual([first.status, first.answer]);
    }
    expect((await send('GET', images)).answer.items).toHaveLength(1);
    expect((await send('GET', '/api/groups')).answer.items).toHaveLength(2);
  });

  it('gives 201 again for a search that made a person', async () => {
    const { send } = await openWithPerson();
    const body = { image: { content: await of(ANNA) }, createPerson: { name: 'new' } };
    const first = await send('POST', '/api/search', body, key('s'));
    const second = await send('POST', '/api/search', body, key('s'));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.answer).toEqual(first.answer);
    expect((await send('POST', '/api/search', body)).status).toBe(200);
  });

  it.each([
    ['another body', '/api/persons', { name: 'b' }],
    ['another operation', '/api/groups', { name: 'a' }],
  ])('422: the key was used for %s', async (_, url, body) => {
    const { send } = await openWithPerson();
    await send('POST', '/api/persons', { name: 'a' }, key('k'));
    const { status, answer } = await send('POST', url, body, key('k'));
    expect(status).toBe(422);
    expect(answer).toEqual({
      statusCode: 422,
      type: 'IdempotencyConflictException',
      msg: 'This idempotency key was used for another request.',
      metadata: {},
    });
  });

  it('422: the key was used for another picture', async () => {
    const { send, images } = await openWithPerson();
    const add = async (identity: number) =>
      send('POST', images, { image: { content: await of(identity) } }, key('k'));
    expect((await add(ANNA)).status).toBe(200);
    expect((await add(BORIS)).status).toBe(422);
  });

  it.each(['', 'x'.repeat(256), 'naïve', 'tab\there'])('400: a key of %j', async (value) => {
    const { send, images } = await openWithPerson();
    const body = { image: { content: await of(ANNA) }, name: 'a' };
    for (const url of ['/api/persons', '/api/groups', '/api/search', images]) {
      const { status, answer } = await send('POST', url, body, key(value));
      expect([url, status, answer.type]).toEqual([url, 400, 'BadParamsException']);
    }
  });

  it('201: a key of 255 characters', async () => {
    const { send } = await openWithPerson();
    expect((await send('POST', '/api/persons', { name: 'a' }, key('~'.repeat(255)))).status).toBe(201);
  });
});

describe('without the header', () => {
  it('two equal requests are two requests', async () => {
    const { app } = openPeopleApp();
    expect(await idOf(app)).not.toBe(await idOf(app));
  });
});

const idOf = async (app: FastifyInstance): Promise<string> =>
  (await ask(app)('POST', '/api/persons', { name: 'a' })).answer.id;
