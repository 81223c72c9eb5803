import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ask, NOBODY, openPeopleApp } from '../people-app.contract.ts';
import { ANNA, BORIS, nobody, of, two } from '../pictures-of-people.contract.ts';

async function enrol(app: FastifyInstance, name: string, identity: number): Promise<string> {
  const send = ask(app);
  const { answer } = await send('POST', '/api/persons', { name });
  await send('POST', `/api/persons/${answer.id}/images`, { image: { content: await of(identity) } });
  return answer.id;
}

async function open(options: Parameters<typeof openPeopleApp>[0] = {}) {
  const { app } = openPeopleApp(options);
  const anna = await enrol(app, 'anna', ANNA);
  const send = ask(app);
  return { app, anna, send, post: (body: unknown) => send('POST', '/api/match_and_search', body) };
}

interface Found {
  readonly faces: readonly { readonly persons: readonly { readonly name: string }[] }[];
}
const namesIn = (answer: { detections: Found[] }) =>
  answer.detections.map(({ faces }) => faces.map(({ persons }) => persons.map(({ name }) => name)));

describe('POST /api/match_and_search answers 200', () => {
  it('with the comparisons and, for each face, the persons found', async () => {
    const { send, anna, post } = await open();
    const images = [
      { content: await of(ANNA), type: 3 },
      { data: await of(BORIS), type: 1 },
    ];
    const { status, answer } = await post({ images, tag: 't' });
    expect(status).toBe(200);
    const person = (await send('GET', `/api/persons/${anna}`)).answer;
    const [image] = (await send('GET', `/api/persons/${anna}/images`)).answer.items;
    expect(answer).toMatchObject({
      code: 0,
      msg: 'FACER_OK',
      results: [
        { firstIndex: 0, secondIndex: 1, first: 3, second: 1, firstFaceIndex: 0, secondFaceIndex: 0 },
      ],
      elapsedTime: expect.any(Number),
      metadata: { serverTime: expect.any(String) },
    });
    expect(answer.detections).toMatchObject([
      { imageIndex: 0, status: 0, faces: [{ faceIndex: 0, rotationAngle: 0, roi: [120, 60, 80, 100] }] },
      { imageIndex: 1, status: 0, faces: [{ persons: [] }] },
    ]);
    expect(answer.detections[0].faces[0].persons).toEqual([
      {
        ...person,
        images: [{ ...image, similarity: expect.any(Number), distance: expect.any(Number) }],
      },
    ]);
  });

  it('with the time it took in milliseconds', async () => {
    const gate = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
    const { app } = openPeopleApp({ engine: { gate } });
    const body = { images: [{ content: await of(ANNA) }] };
    const { answer } = await ask(app)('POST', '/api/match_and_search', body);
    expect(answer.elapsedTime).toBeGreaterThan(25);
  });

  it('with a search alone for one image', async () => {
    const { post } = await open();
    const { answer } = await post({ images: [{ content: await of(ANNA) }] });
    expect([answer.code, answer.results, namesIn(answer)]).toEqual([0, [], [[['anna']]]]);
    expect(answer.metadata).not.toHaveProperty('reason');
  });

  it('with a search alone where only one of two images has a face', async () => {
    const { post } = await open();
    const { answer } = await post({ images: [{ content: await nobody() }, { content: await of(ANNA) }] });
    expect([answer.code, answer.results]).toEqual([0, []]);
    expect(answer.detections.map(({ status }: { status: number }) => status)).toEqual([2, 0]);
    expect(namesIn(answer)).toEqual([[], [['anna']]]);
  });

  it('with code 2 where no image has a face', async () => {
    const { post } = await open();
    const { status, answer } = await post({ images: [{ content: await nobody() }] });
    expect([status, answer.code, answer.results]).toEqual([200, 2, []]);
  });

  it('with every face of an image of type 4 or with detectAll', async () => {
    const { app, post } = await open();
    await enrol(app, 'boris', BORIS);
    const content = await two(ANNA, BORIS);
    const both = [[['anna'], ['boris']]];
    expect(namesIn((await post({ images: [{ content, type: 4 }] })).answer)).toEqual(both);
    expect(namesIn((await post({ images: [{ content, detectAll: true }] })).answer)).toEqual(both);
    expect(namesIn((await post({ images: [{ content }] })).answer)).toEqual([[['boris']]]);
  });

  it('within the groups, the threshold and the limit of the request', async () => {
    const { app, send, anna, post } = await open();
    await enrol(app, 'boris', BORIS);
    const group = (await send('POST', '/api/groups', { name: 'g' })).answer.id;
    const images = [{ content: await of(BORIS) }];
    const find = async (fields: object) => namesIn((await post({ images, ...fields })).answer)[0]![0];
    expect(await find({})).toEqual(['boris']);
    expect(await find({ threshold: 4 })).toEqual(['boris', 'anna']);
    expect(await find({ threshold: 4, limit: 1 })).toEqual(['boris']);
    expect(await find({ threshold: 4, groupIds: [group] })).toEqual([]);
    await send('PUT', `/api/groups/${group}/persons`, { addItems: [anna] });
    expect(await find({ threshold: 4, groupIds: [group] })).toEqual(['anna']);
    expect(await find({ threshold: 4, group_ids: [group] })).toEqual(['anna']);
  });

  it('with the picture at an address', async () => {
    const bytes = Uint8Array.from(Buffer.from(await of(ANNA), 'base64'));
    const { post } = await open({ fetchImage: async () => bytes });
    const { answer } = await post({ images: [{ imageUrl: 'https://pictures.example/a.png' }] });
    expect(namesIn(answer)).toEqual([[['anna']]]);
  });

  it.each([
    ['a group that does not exist', { groupIds: [NOBODY] }, 202],
    ['a group that is no UUID', { groupIds: ['7'] }, 202],
    ['a threshold that is text', { threshold: '1' }, 203],
    ['no images', { images: undefined }, 203],
    ['an empty list of images', { images: [] }, 202],
    ['one index for two images', { images: [{ index: 1 }, { index: 1 }] }, 202],
    ['three images of one type', { images: [{}, {}, {}] }, 238],
    ['an address where none is fetched', { images: [{ imageUrl: 'https://pictures.example/' }] }, 1],
    ['an image of nothing', { images: [{}] }, 1],
  ])('with a code: %s', async (_, fields, code) => {
    const { post } = await open();
    const { status, answer } = await post({ images: [{ content: await of(ANNA) }], ...fields });
    expect([status, answer.code, answer.results]).toEqual([200, code, []]);
    expect(answer.metadata.reason).toEqual(expect.any(String));
  });
});

describe('POST /api/match_and_search', () => {
  it('answers 503 with Retry-After when the server is at its limit', async () => {
    const { app } = openPeopleApp({ engine: { capacity: 0 } });
    const body = { images: [{ content: await of(ANNA) }] };
    const { status, answer, headers } = await ask(app)('POST', '/api/match_and_search', body);
    expect([status, answer.code, headers['retry-after']]).toEqual([503, 253, '1']);
  });
});
