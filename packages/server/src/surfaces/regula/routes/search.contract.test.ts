import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ask, NOBODY, openPeopleApp } from '../people-app.contract.ts';
import { ANNA, BORIS, CLARA, nobody, of, two } from '../pictures-of-people.contract.ts';

const STRANGER = 44;

type Fields = Readonly<Record<string, unknown>>;

/** Enrols one picture of each; answers their ids by name. */
async function enrol(app: FastifyInstance, people: Readonly<Record<string, number>>, fields: Fields = {}) {
  const send = ask(app);
  const ids: Record<string, string> = {};
  for (const [name, identity] of Object.entries(people)) {
    const { answer } = await send('POST', '/api/persons', { name, ...fields });
    await send('POST', `/api/persons/${answer.id}/images`, { image: { content: await of(identity) } });
    ids[name] = answer.id;
  }
  return ids as { readonly [name: string]: string };
}

async function open(people: Readonly<Record<string, number>> = { anna: ANNA, boris: BORIS, clara: CLARA }) {
  const { app, log } = openPeopleApp();
  const ids = await enrol(app, people);
  const send = ask(app);
  const search = async (identity: number, fields: Fields = {}, query = '') =>
    send('POST', `/api/search${query}`, { image: { content: await of(identity) }, ...fields });
  return { app, log, ids, send, search };
}

const namesIn = (answer: { persons: { name: string }[] }) => answer.persons.map(({ name }) => name);
const distancesIn = (answer: { persons: { images: { distance: number }[] }[] }) =>
  answer.persons.map(({ images }) => images[0]!.distance);

describe('POST /api/search answers 200', () => {
  it('with every field of the person, its images and the detection', async () => {
    const { send, search, ids } = await open({ anna: ANNA });
    const { status, answer } = await search(ANNA);
    expect(status).toBe(200);
    const person = (await send('GET', `/api/persons/${ids['anna']}`)).answer;
    const [image] = (await send('GET', `/api/persons/${ids['anna']}/images`)).answer.items;
    expect(answer).toEqual({
      code: 0,
      ErrorCode: 0,
      msg: 'FACER_OK',
      persons: [
        {
          ...person,
          images: [{ ...image, similarity: expect.any(Number), distance: expect.any(Number) }],
          detection: {
            code: 0,
            msg: 'FACER_OK',
            idx: 0,
            landmarks: expect.any(Array),
            landmarksType: 2,
            detectorType: 4,
            roi: [120, 60, 80, 100],
            rotationAngle: 0,
            versionSDK: expect.stringMatching(/^6\.4/),
          },
        },
      ],
      id: null,
      createdAt: null,
      updatedAt: null,
      groups: null,
      name: null,
      metadata: null,
      debug: { reranked: 1 },
    });
    const [{ images, detection }] = answer.persons;
    expect(detection.landmarks).toHaveLength(5);
    expect(images[0].similarity).toBeGreaterThan(0.99);
    expect(images[0].distance).toBeCloseTo(0, 3);
  });

  it("at the vendor's threshold of 0.8 with the one person and nobody else", async () => {
    const { search } = await open();
    expect(namesIn((await search(BORIS, { threshold: 0.8 })).answer)).toEqual(['boris']);
  });

  it('with nobody, code 0, when nobody is near enough', async () => {
    const { search } = await open();
    const { status, answer } = await search(STRANGER, { threshold: 0.8 });
    expect([status, answer.code, answer.persons]).toEqual([200, 0, []]);
  });

  it('with everybody at the largest threshold, the nearest first, distance and similarity opposed', async () => {
    const { search } = await open();
    const { answer } = await search(ANNA, { threshold: 4 });
    expect(namesIn(answer)[0]).toBe('anna');
    expect(answer.persons).toHaveLength(3);
    const distances = distancesIn(answer);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    const similarities = answer.persons.map(
      (p: { images: { similarity: number }[] }) => p.images[0]!.similarity,
    );
    expect(similarities).toEqual(similarities.toSorted((a: number, b: number) => b - a));
  });

  it('with those whose distance is the threshold itself, and not with those a trifle further', async () => {
    const { search } = await open();
    const distances = distancesIn((await search(ANNA, { threshold: 4 })).answer);
    expect(new Set(distances).size).toBe(3);
    for (const [i, threshold] of distances.entries()) {
      expect(distancesIn((await search(ANNA, { threshold })).answer)).toEqual(distances.slice(0, i + 1));
    }
    for (const [i, distance] of distances.slice(1).entries()) {
      const { answer } = await search(ANNA, { threshold: distance - 1e-9 });
      expect(distancesIn(answer)).toEqual(distances.slice(0, i + 1));
    }
  });

  it('with the threshold and the limit of the configuration where the request names none', async () => {
    const env = { FACEGATE_REGULA_SEARCH_THRESHOLD: '4', FACEGATE_REGULA_SEARCH_LIMIT: '2' };
    const { app } = openPeopleApp({ env });
    await enrol(app, { anna: ANNA, boris: BORIS, clara: CLARA });
    const content = await of(ANNA);
    const { answer } = await ask(app)('POST', '/api/search', { image: { content } });
    expect(answer.persons).toHaveLength(2);
    const strict = await ask(app)('POST', '/api/search', { image: { content }, threshold: 0.8, limit: 9 });
    expect(namesIn(strict.answer)).toEqual(['anna']);
  });

  it('with at most limit persons', async () => {
    const { search } = await open();
    expect(namesIn((await search(ANNA, { threshold: 4, limit: 1 })).answer)).toEqual(['anna']);
  });

  it('with a person once, and its pictures best first, only those near enough', async () => {
    const { send, search, ids } = await open({ anna: ANNA });
    const url = `/api/persons/${ids['anna']}/images`;
    await send('POST', url, { image: { content: await of(BORIS) } });
    const all = (await search(BORIS, { threshold: 4 })).answer.persons;
    expect(all).toHaveLength(1);
    const [nearest, other] = all[0].images;
    expect(nearest.distance).toBeLessThan(other.distance);
    const near = (await search(BORIS, { threshold: 0.8 })).answer.persons;
    expect(near[0].images.map(({ id }: { id: string }) => id)).toEqual([nearest.id]);
  });

  it.each([
    ['groupIds', true],
    ['group_ids', true],
    ['groupIds', false],
    ['group_ids', false],
  ])('within the groups named by %s: %s', async (key, named) => {
    const { app, search, send } = await open({ anna: ANNA });
    const group = (await send('POST', '/api/groups', { name: 'g' })).answer.id;
    await enrol(app, { 'anna in g': ANNA }, { groups: [group] });
    const { answer } = await search(ANNA, { [key]: named ? [group] : [], threshold: 0.8 });
    expect(namesIn(answer).sort()).toEqual(named ? ['anna in g'] : ['anna', 'anna in g']);
  });

  it('filtered by name and by externalId, in and not in', async () => {
    const { app, search } = await open({ anna: ANNA });
    await enrol(app, { annie: ANNA }, { externalId: 'x' });
    const find = async (op: string, field: string, value: string[]) =>
      namesIn((await search(ANNA, { filter: { op, field, value }, threshold: 0.8 })).answer).sort();
    expect(await find('in', 'name', ['anna', 'boris'])).toEqual(['anna']);
    expect(await find('nin', 'name', ['anna'])).toEqual(['annie']);
    expect(await find('in', 'externalId', ['x'])).toEqual(['annie']);
    expect(await find('nin', 'externalId', ['x'])).toEqual(['anna']);
    expect(await find('in', 'name', [])).toEqual([]);
    expect(await find('nin', 'name', [])).toEqual(['anna', 'annie']);
  });

  it('for the central face alone, or for all with detectAll, each person with its face', async () => {
    const { search, send } = await open();
    const image = { content: await two(ANNA, BORIS) };
    const central = await send('POST', '/api/search', { image, threshold: 0.8 });
    expect(namesIn(central.answer)).toEqual(['boris']);
    const all = (await send('POST', '/api/search', { image, threshold: 0.8, detectAll: true })).answer;
    const found = all.persons.map((p: { name: string; detection: { idx: number; roi: number[] } }) => [
      p.name,
      p.detection.idx,
      p.detection.roi[0],
    ]);
    expect(found.toSorted()).toEqual([
      ['anna', 0, 10],
      ['boris', 1, 180],
    ]);
    expect((await search(CLARA, { detectAll: null })).status).toBe(200);
  });

  it('with the persons of all faces in one order, the nearest first', async () => {
    const { send } = await open({ boris: BORIS, clara: CLARA });
    const image = { content: await two(STRANGER, BORIS) };
    const { answer } = await send('POST', '/api/search', { image, threshold: 4, detectAll: true });
    const faces = answer.persons.map((p: { detection: { idx: number } }) => p.detection.idx);
    expect(faces.toSorted()).toEqual([0, 0, 1, 1]);
    expect([namesIn(answer)[0], faces[0]]).toEqual(['boris', 1]);
    const distances = distancesIn(answer);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it('with a crop of the face when one is asked', async () => {
    const { search } = await open({ anna: ANNA });
    const outputImageParams = { crop: { type: 0, size: [30, 40], returnOriginalRect: true } };
    const { answer } = await search(ANNA, { outputImageParams });
    const { crop, originalRect } = answer.persons[0].detection;
    expect(Buffer.from(crop, 'base64').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(originalRect).toHaveLength(4);
  });

  it('with the pictures themselves when ?withImages=true, and only then', async () => {
    const { search } = await open({ anna: ANNA });
    for (const query of ['?withImages=true', '?withImages=True', '?withImages=1']) {
      const [image] = (await search(ANNA, {}, query)).answer.persons[0].images;
      expect(image.content).toBe(await of(ANNA));
    }
    for (const query of ['', '?withImages=false', '?withImages=', '?other=true']) {
      const [image] = (await search(ANNA, {}, query)).answer.persons[0].images;
      expect(image).not.toHaveProperty('content');
    }
  });

  it('with code 2 and nobody for a picture without a face, whoever is to be created', async () => {
    const { send } = await open({ anna: ANNA });
    const body = { image: { content: await nobody() }, createPerson: { name: 'x' } };
    const { status, answer } = await send('POST', '/api/search', body);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ code: 2, msg: 'FR_FACE_NOT_DETECTED', persons: [], id: null });
  });

  it('without those whose image, person or ttl is gone', async () => {
    const { app, send, search, ids } = await open();
    await enrol(app, { expired: ANNA }, { ttl: 0 });
    const [image] = (await send('GET', `/api/persons/${ids['boris']}/images`)).answer.items;
    await send('DELETE', image.url);
    await send('DELETE', `/api/persons/${ids['clara']}`);
    expect(namesIn((await search(ANNA, { threshold: 4 })).answer)).toEqual(['anna']);
  });
});

describe('POST /api/search answers 201', () => {
  it('with the new person on top when nobody was found, and 200 with that person from then on', async () => {
    const { send, search } = await open({ anna: ANNA });
    const createPerson = { name: 'new', metadata: { n: 1 }, ttl: 3600 };
    const { status, answer } = await search(STRANGER, { createPerson });
    expect(status).toBe(201);
    const person = (await send('GET', `/api/persons/${answer.id}`)).answer;
    const { items } = (await send('GET', `/api/persons/${answer.id}/images`)).answer;
    expect(answer).toEqual({
      code: 0,
      ErrorCode: 0,
      msg: 'FACER_OK',
      persons: [],
      ...person,
      images: items,
    });
    expect(person).toMatchObject({ name: 'new', metadata: { n: 1 }, ttl: 3600 });
    const again = await search(STRANGER, { createPerson });
    expect([again.status, again.answer.id, again.answer.persons[0].id]).toEqual([200, null, answer.id]);
  });

  it('in the Default group, or in the groups that were searched', async () => {
    const { send, search } = await open({});
    const group = (await send('POST', '/api/groups', { name: 'g' })).answer.id;
    const groupIds = [group];
    const { answer } = await search(ANNA, { groupIds, createPerson: { name: 'a' } });
    expect(answer.groups).toEqual(groupIds);
    expect((await search(ANNA, { groupIds, createPerson: { name: 'a' } })).status).toBe(200);
    const other = (await search(BORIS, { createPerson: { name: 'b', metadata: null } })).answer;
    expect((await send('GET', `/api/groups/${other.groups[0]}`)).answer.name).toBe('Default');
  });

  it('not when createPerson is null', async () => {
    const { search } = await open({});
    expect((await search(ANNA, { createPerson: null })).status).toBe(200);
  });
});

describe('POST /api/search answers 400', () => {
  it.each([
    ['a threshold below 0', { threshold: -0.1 }, 'threshold'],
    ['a threshold that is text', { threshold: '1' }, 'threshold'],
    ['a limit of 0', { limit: 0 }, 'limit'],
    ['a limit of 1001', { limit: 1001 }, 'limit'],
    ['a limit that is not whole', { limit: 1.5 }, 'limit'],
    ['a group that is no UUID', { groupIds: ['7'] }, 'groupIds/0'],
    ['a group under the old name that is no UUID', { group_ids: ['7'] }, 'group_ids/0'],
    ['another operator', { filter: { op: 'eq', field: 'name', value: [] } }, 'filter/op'],
    ['another field', { filter: { op: 'in', field: 'age', value: [] } }, 'filter/field'],
    ['a filter without values', { filter: { op: 'in', field: 'name' } }, 'filter/value'],
    ['a value that is no text', { filter: { op: 'in', field: 'name', value: [1] } }, 'filter/value/0'],
    ['a NUL in a value', { filter: { op: 'in', field: 'name', value: ['\0'] } }, 'filter/value/0'],
    ['a crop type of 5', { outputImageParams: { crop: { type: 5 } } }, 'outputImageParams/crop/type'],
    ['an image that is text', { image: 'x' }, 'image'],
    ['detectAll that is text', { detectAll: 'yes' }, 'detectAll'],
    ['a person whose name is a number', { createPerson: { name: 1 } }, 'createPerson/name'],
    ['a person with a negative ttl', { createPerson: { name: 'a', ttl: -1 } }, 'createPerson/ttl'],
    ['a NUL in the metadata', { createPerson: { name: 'a', metadata: { a: '\0' } } }, 'metadata'],
  ])('with the field: %s', async (_, fields, field) => {
    const { search } = await open({});
    const { status, answer } = await search(ANNA, fields);
    expect([status, answer.statusCode, answer.type]).toEqual([400, 400, 'BadParamsException']);
    expect(answer.metadata).toEqual({ field });
  });

  it('for a withImages that is neither true nor false', async () => {
    const { search } = await open({});
    expect((await search(ANNA, {}, '?withImages=maybe')).answer.metadata).toEqual({ field: 'withImages' });
  });

  it.each([
    ['no image', {}, 1],
    ['an empty image', { image: {} }, 1],
    ['no picture', { image: { content: 'AAAA' } }, 1],
    ['no base64', { image: { content: '!' } }, 6],
  ])("with match's code: %s", async (_, body, code) => {
    const { send } = await open({});
    const { status, answer } = await send('POST', '/api/search', body);
    expect([status, answer.type, answer.metadata.code]).toEqual([400, 'BadParamsException', code]);
  });

  it('for a group that does not exist, since searching knows no 404', async () => {
    const { search } = await open({});
    const { status, answer } = await search(ANNA, { groupIds: [NOBODY] });
    expect([status, answer.type, answer.msg]).toEqual([400, 'BadParamsException', 'There is no such group.']);
  });
});

describe('logs of a search', () => {
  it('tell how many, and nothing of anybody', async () => {
    const { log, search } = await open({ SECRETNAME: ANNA });
    const filter = { op: 'in', field: 'name', value: ['SECRETNAME'] };
    await search(ANNA, { filter, createPerson: { name: 'SECRETNAME', metadata: { k: 'SECRETDATA' } } });
    expect(log()).toMatch(/"faces":1,"persons":1/);
    expect(log()).not.toMatch(/SECRET/);
    expect(log()).not.toContain((await of(ANNA)).slice(0, 60));
  });
});
