import { EngineError } from '@facegate/engine/vocabulary';
import { describe, expect, it } from 'vitest';
import { errors } from '../../../domain/errors.ts';
import { ask, NOBODY, openPeopleApp } from '../people-app.contract.ts';
import { ANNA, BORIS, nobody, of, two } from '../pictures-of-people.contract.ts';

type Options = Parameters<typeof openPeopleApp>[0];

async function openWithPerson(options?: Options) {
  const { app, log } = openPeopleApp(options);
  const send = ask(app);
  const person = (await send('POST', '/api/persons', { name: 'Anna' })).answer.id as string;
  return { app, log, send, person, url: `/api/persons/${person}/images` };
}

const idsIn = (answer: { items: { id: string }[] }) => answer.items.map(({ id }) => id);

describe('POST /api/persons/{personId}/images', () => {
  it('200: id, contentType, createdAt, path, url, metadata', async () => {
    const { send, person, url } = await openWithPerson();
    const { status, answer } = await send('POST', url, { image: { content: await of(ANNA) } });
    expect(status).toBe(200);
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      contentType: 'image/png',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: answer.createdAt,
      path: `persons/${person}/${answer.id}`,
      url: `/api/persons/${person}/images/${answer.id}`,
      metadata: {},
    });
  });

  it('200: the url leads to the picture, below the prefix too, and never to a host the caller names', async () => {
    const { app, send, person } = await openWithPersonAt('/regula');
    const headers = { host: 'evil.example' };
    const body = { image: { content: await of(ANNA) } };
    const { answer } = await send('POST', `/regula/api/persons/${person}/images`, body, headers);
    expect(answer.url).toMatch(/^\/regula\/api\/persons\//);
    const download = await app.inject({ url: answer.url });
    expect(download.rawPayload.toString('base64')).toBe(body.image.content);
  });

  it('200: data for content, unknown keys, threshold, limit and a wrong contentType change nothing', async () => {
    const { send, url } = await openWithPerson();
    const image = { data: await of(ANNA), contentType: 'text/html', content: null, idx: 5 };
    const body = { image, threshold: 'x', limit: -1, tag: 't' };
    const { status, answer } = await send('POST', url, body);
    expect([status, answer.contentType]).toEqual([200, 'image/png']);
  });

  it('200: of several faces the most central one is enrolled', async () => {
    const { send, person, url } = await openWithPerson();
    await send('POST', url, { image: { content: await two(ANNA, BORIS) } });
    const find = async (identity: number) =>
      (await send('POST', '/api/search', { image: { content: await of(identity) }, threshold: 0.8 })).answer
        .persons;
    expect(await find(ANNA)).toEqual([]);
    expect(await find(BORIS)).toMatchObject([{ id: person }]);
  });

  it('200: with resizeOptions the resized picture is kept', async () => {
    const { app, send, url } = await openWithPerson();
    const content = await of(ANNA);
    const image = { content, resizeOptions: { width: 100, height: 100, quality: 80 } };
    const { status, answer } = await send('POST', url, { image });
    expect([status, answer.contentType]).toEqual([200, 'image/jpeg']);
    const kept = await app.inject({ url: answer.url });
    expect(kept.rawPayload.toString('base64')).not.toBe(content);
  });

  it.each([{}, { quality: 50 }, null])('200: resizeOptions %j resize nothing', async (resizeOptions) => {
    const { send, url } = await openWithPerson();
    const image = { content: await of(ANNA), resizeOptions };
    expect((await send('POST', url, { image })).answer.contentType).toBe('image/png');
  });

  it.each([
    ['no image', {}, 'image'],
    ['an image that is text', { image: 'x' }, 'image'],
    ['a content that is no text', { image: { content: 1 } }, 'image/content'],
    ['an address above 2048 characters', { image: { imageUrl: 'h'.repeat(2049) } }, 'image/imageUrl'],
    ['a width of 0', { image: { resizeOptions: { width: 0 } } }, 'image/resizeOptions/width'],
    ['a quality of 101', { image: { resizeOptions: { quality: 101 } } }, 'image/resizeOptions/quality'],
  ])('400 with the field: %s', async (_, body, field) => {
    const { send, url } = await openWithPerson();
    const { status, answer } = await send('POST', url, body);
    expect([status, answer.type, answer.metadata]).toEqual([400, 'BadParamsException', { field }]);
  });

  it.each([
    ['no face', nobody, 2, 'FR_FACE_NOT_DETECTED'],
    ['nothing at all', async () => '', 1, 'FR_IMAGE_EMPTY'],
    ['bytes that are no picture', async () => 'AAAA', 1, 'FR_IMAGE_EMPTY'],
    ['text that is no base64', async () => 'not base64!', 6, 'FR_IMAGE_DECODE_ERROR'],
    ['half a picture', async () => (await of(ANNA)).slice(0, 400), 6, 'FR_IMAGE_DECODE_ERROR'],
  ])("400 with match's code: %s", async (_, make, code, name) => {
    const { send, url } = await openWithPerson();
    const { status, answer } = await send('POST', url, { image: { content: await make() } });
    expect(status).toBe(400);
    expect(answer).toEqual({
      statusCode: 400,
      type: 'BadParamsException',
      msg: expect.any(String),
      metadata: { code, name },
    });
    expect((await send('GET', url)).answer.items).toEqual([]);
  });

  it('400: a picture larger than the server accepts', async () => {
    const { send, url } = await openWithPerson({ env: { FACEGATE_IMAGE_BYTES_MAX: '1024' } });
    const content = Buffer.alloc(1025).toString('base64');
    const { status, answer } = await send('POST', url, { image: { content } });
    expect([status, answer.metadata.code]).toEqual([400, 6]);
  });

  it('400: a bad id; 404: nobody', async () => {
    const { send } = await openWithPerson();
    const body = { image: { content: await of(ANNA) } };
    expect((await send('POST', '/api/persons/7/images', body)).answer.metadata).toEqual({
      field: 'personId',
    });
    expect((await send('POST', `/api/persons/${NOBODY}/images`, body)).status).toBe(404);
  });

  it('503 with Retry-After: the server is at its limit', async () => {
    const { send, url } = await openWithPerson({ engine: { capacity: 0 } });
    const { status, answer, headers } = await send('POST', url, { image: { content: await of(ANNA) } });
    expect([status, answer.type, headers['retry-after']]).toEqual([503, 'ServiceUnavailableException', '1']);
  });

  it('500: a defect, with nothing of it in the answer', async () => {
    const failWith = new EngineError('internal', 'SECRET');
    const { send, url } = await openWithPerson({ engine: { failWith } });
    const { status, answer } = await send('POST', url, { image: { content: await of(ANNA) } });
    expect([status, answer.type]).toEqual([500, 'InternalServerErrorException']);
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  });
});

async function openWithPersonAt(prefix: string) {
  const { app } = openPeopleApp({ env: { FACEGATE_REGULA_PREFIX: prefix } });
  const send = ask(app);
  const { answer } = await send('POST', `${prefix}/api/persons`, { name: 'Anna' });
  return { app, send, person: answer.id as string };
}

describe('imageUrl', () => {
  const imageUrl = 'https://pictures.example/anna.png';
  const bytes = async () => Uint8Array.from(Buffer.from(await of(ANNA), 'base64'));

  it('200: the picture at the address is enrolled', async () => {
    const asked: string[] = [];
    const fetchImage = async (url: string) => {
      asked.push(url);
      return bytes();
    };
    const { send, url } = await openWithPerson({ fetchImage });
    expect((await send('POST', url, { image: { content: '', imageUrl } })).status).toBe(200);
    expect(asked).toEqual([imageUrl]);
  });

  it('200: the content wins, and the address is not asked', async () => {
    const fetchImage = async () => Promise.reject(new Error('asked'));
    const { send, url } = await openWithPerson({ fetchImage });
    expect((await send('POST', url, { image: { content: await of(ANNA), imageUrl } })).status).toBe(200);
  });

  it.each([
    ['refused', errors.remoteImageRefused('No.')],
    ['unavailable', errors.remoteImageUnavailable('it is down')],
  ])('400: an address that is %s', async (_, error) => {
    const { send, url } = await openWithPerson({ fetchImage: async () => Promise.reject(error) });
    const { status, answer } = await send('POST', url, { image: { imageUrl } });
    expect([status, answer.type, answer.msg]).toEqual([400, 'BadParamsException', error.publicMessage]);
  });

  it('400: a server that fetches none', async () => {
    const { send, url } = await openWithPerson();
    const { status, answer } = await send('POST', url, { image: { imageUrl } });
    expect([status, answer.type]).toEqual([400, 'BadParamsException']);
  });
});

describe('GET /api/persons/{personId}/images', () => {
  it('200: a page of whole images, the latest first', async () => {
    const { send, url } = await openWithPerson();
    const add = async () => (await send('POST', url, { image: { content: await of(ANNA) } })).answer;
    const [a, b] = [await add(), await add()];
    const { status, answer } = await send('GET', `${url}?page=1&size=1`);
    expect([status, answer]).toEqual([200, { items: [b], page: 1, totalPages: 2 }]);
    expect(idsIn((await send('GET', url)).answer)).toEqual([b.id, a.id]);
  });

  it('400: a bad id, a bad page; 404: nobody', async () => {
    const { send, url } = await openWithPerson();
    expect((await send('GET', '/api/persons/7/images')).status).toBe(400);
    expect((await send('GET', `${url}?size=0`)).answer.metadata).toEqual({ field: 'size' });
    expect((await send('GET', `/api/persons/${NOBODY}/images`)).status).toBe(404);
  });
});

describe('GET and DELETE /api/persons/{personId}/images/{imageId}', () => {
  async function openWithImage() {
    const opened = await openWithPerson();
    const content = await of(ANNA);
    const { answer } = await opened.send('POST', opened.url, { image: { content } });
    return { ...opened, content, image: `${opened.url}/${answer.id}`, imageId: answer.id as string };
  }

  it('200: the bytes as they were sent, of their own type, not to be guessed', async () => {
    const { app, content, image } = await openWithImage();
    const { statusCode, headers, rawPayload } = await app.inject({ url: image });
    expect([statusCode, headers['content-type'], headers['x-content-type-options']]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
    expect(rawPayload.toString('base64')).toBe(content);
  });

  it('200: ids in capitals are the same ids', async () => {
    const { app, content, person, imageId } = await openWithImage();
    const url = `/api/persons/${person.toUpperCase()}/images/${imageId.toUpperCase()}`;
    const { statusCode, rawPayload } = await app.inject({ url });
    expect([statusCode, rawPayload.toString('base64')]).toEqual([200, content]);
  });

  it('204, then 404', async () => {
    const { send, image, url } = await openWithImage();
    expect(await send('DELETE', image)).toMatchObject({ status: 204, answer: undefined });
    expect((await send('DELETE', image)).status).toBe(404);
    expect((await send('GET', image)).status).toBe(404);
    expect((await send('GET', url)).answer.items).toEqual([]);
  });

  it.each(['GET', 'DELETE'] as const)("400 to %s: another person's image", async (method) => {
    const { send, image, imageId } = await openWithImage();
    const other = (await send('POST', '/api/persons', { name: 'b' })).answer.id;
    const { status, answer } = await send(method, `/api/persons/${other}/images/${imageId}`);
    expect([status, answer.type]).toEqual([400, 'BadParamsException']);
    expect(answer.msg).toBe('The person does not have such an image.');
    expect((await send('DELETE', image)).status).toBe(204);
  });

  it.each(['GET', 'DELETE'] as const)(
    '404 to %s: no such image, an id that is no UUID, no such person',
    async (method) => {
      const { send, url, imageId } = await openWithImage();
      expect((await send(method, `${url}/${NOBODY}`)).answer.msg).toBe('There is no such image.');
      expect((await send(method, `${url}/7`)).answer.msg).toBe('There is no such image.');
      const { answer } = await send(method, `/api/persons/${NOBODY}/images/${imageId}`);
      expect([answer.statusCode, answer.msg]).toEqual([404, 'There is no such person.']);
    },
  );

  it('400: a person id that is no UUID', async () => {
    const { send, imageId } = await openWithImage();
    expect((await send('GET', `/api/persons/7/images/${imageId}`)).answer.metadata).toEqual({
      field: 'personId',
    });
  });

  it('404 once the person is gone', async () => {
    const { send, person, image } = await openWithImage();
    await send('DELETE', `/api/persons/${person}`);
    expect((await send('GET', image)).status).toBe(404);
  });
});
