import { expect, it } from 'vitest';
import { faultyEngine, VALIDATE_ALL } from '../traits.contract.ts';
import { ANNA, BORIS, nobody, of, openVerihubs } from '../verihubs-app.contract.ts';

async function withPeople(options: Parameters<typeof openVerihubs>[0] = {}) {
  const verihubs = openVerihubs(options);
  const people = [
    ['anna', ANNA],
    ['anna again', ANNA],
    ['boris', BORIS],
  ] as const;
  for (const [subject_id, who] of people) await verihubs.ask('enroll', { image: await of(who), subject_id });
  return verihubs;
}

it('names the most similar subject, flat and in this order', async () => {
  const { ask } = await withPeople();
  const { status, body } = await ask('search', { image: await of(BORIS), is_liveness: true });
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual([
    'message',
    'status_code',
    'session_id',
    'timestamp',
    'matches',
    'nface',
    'rotation',
    'bounding_box',
    'face_landmark',
    'image_quality',
    'attributes',
    'liveness',
  ]);
  expect(body.message).toBe('Face search is successfull!');
  expect(body.matches).toEqual([
    { subject_id: 'boris', similarity_status: true, similarity_score: expect.closeTo(100, 1) },
  ]);
});

it('names as many as are asked and reach the threshold', async () => {
  const { ask } = await withPeople();
  const found = async (rest: object) => {
    const { body } = await ask('search', { image: await of(ANNA), ...rest });
    return body.matches.map(({ subject_id }: { subject_id: string }) => subject_id).toSorted();
  };
  expect(await found({})).toHaveLength(1);
  expect(await found({ limit: 10 })).toEqual(['anna', 'anna again']);
  expect(await found({ limit: 10, threshold: 0 })).toEqual(['anna', 'anna again', 'boris']);
  expect(await found({ limit: 2, threshold: 0 })).toEqual(['anna', 'anna again']);
});

it('gives the enrolled picture when asked', async () => {
  const { ask } = await withPeople();
  const image = await of(BORIS);
  const { body } = await ask('search', { image, return_image: true });
  expect(Object.keys(body.matches[0])).toEqual([
    'subject_id',
    'similarity_status',
    'similarity_score',
    'image',
  ]);
  expect(body.matches[0].image).toBe(image);
});

it.each([
  ['threshold', ['moderate', -1, 100.1, null, '82'], 'INVALID_PAYLOAD_THRESHOLD'],
  ['limit', [0, 11, 1.5, '1', null], 'INVALID_PAYLOAD_LIMIT'],
] as const)('refuses another %s', async (field, values, code) => {
  const { ask } = openVerihubs();
  for (const value of values) {
    const { status, body } = await ask('search', { image: await of(ANNA), [field]: value });
    expect([value, status, body.error_code]).toEqual([value, 400, code]);
  }
});

it('searches for nobody whose picture fails a validation or shows no face', async () => {
  const { ask } = await withPeople({ engine: faultyEngine(5) });
  const { body } = await ask('search', { ...VALIDATE_ALL, image: await of(ANNA) });
  expect([body.error_code, body.message, body.matches]).toEqual([
    'FAIL_ON_5',
    'fail on liveness and quality',
    [],
  ]);
  expect((await ask('search', { image: await nobody() })).body.error_code).toBe('FACE_NOT_DETECTED');
});
