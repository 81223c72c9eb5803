import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errors } from '../../domain/errors.ts';
import { testing } from './access.contract.ts';
import { faultyEngine, VALIDATE_ALL } from './traits.contract.ts';
import {
  ANNA,
  BORIS,
  nobody,
  of,
  openVerihubs,
  two,
  type VerihubsAppOptions,
} from './verihubs-app.contract.ts';
import { FAIL_ON_MESSAGES } from './wire/fail-on.data.ts';

const SUBJECT = 'anna@example.org';

/** A server where Anna is enrolled. */
async function withAnna(options: VerihubsAppOptions = {}) {
  const verihubs = openVerihubs(options);
  const enrolled = await verihubs.ask('enroll', { image: await of(ANNA), subject_id: SUBJECT });
  expect(enrolled.body.error_code).toBeUndefined();
  const verify = async (rest: object = {}) =>
    verihubs.ask('verify', { image: await of(ANNA), subject_id: SUBJECT, ...rest });
  return { ...verihubs, verify };
}

const expectCode = async (rest: object, code: string, options?: VerihubsAppOptions) => {
  const { verify } = await withAnna(options);
  const { status, body } = await verify(rest);
  expect([status, body]).toEqual([400, { message: expect.stringMatching(/./), error_code: code }]);
};

/** The keys of a body in their order, those of its objects included. */
const keysOf = (body: object): unknown[] =>
  Object.entries(body).map(([key, value]) =>
    typeof value === 'object' && value !== null ? [key, Object.keys(value)] : key,
  );

const FACE_KEYS = [
  'nface',
  'rotation',
  ['bounding_box', ['top_left_x', 'top_left_y', 'bottom_right_x', 'bottom_right_y', 'width', 'height']],
  [
    'face_landmark',
    [
      'left_eye_x',
      'left_eye_y',
      'right_eye_x',
      'right_eye_y',
      'nose_x',
      'nose_y',
      'mouth_left_x',
      'mouth_left_y',
      'mouth_right_x',
      'mouth_right_y',
    ],
  ],
];
const QUALITY_KEYS = ['image_quality', ['blur', 'blur_score', 'dark', 'dark_score', 'grayscale']];
const ATTRIBUTE_KEYS = ['attributes', ['sunglasses_on', 'mask_on', 'veil_on', 'hat_on']];

describe('an answer to verify', () => {
  it('002-1 says whether the face is the enrolled one, flat and in this order', async () => {
    const { verify } = await withAnna();
    const { status, body } = await verify({ is_liveness: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      message: 'Request Success',
      status_code: 'SUCCESS',
      subject_id: SUBJECT,
      similarity_status: true,
      nface: 1,
    });
    expect(body.session_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(Math.abs(body.timestamp - Date.now() / 1000)).toBeLessThan(60);
    expect(body.similarity_score).toBeGreaterThan(99);
    expect(keysOf(body)).toEqual([
      'message',
      'status_code',
      'session_id',
      'timestamp',
      'subject_id',
      'similarity_status',
      'similarity_score',
      ...FACE_KEYS,
      QUALITY_KEYS,
      ATTRIBUTE_KEYS,
      ['liveness', ['status', 'probability']],
    ]);
    expect(body.bounding_box).toEqual({
      top_left_x: 120,
      top_left_y: 60,
      bottom_right_x: 200,
      bottom_right_y: 160,
      width: 80,
      height: 100,
    });
    expect(body.face_landmark.left_eye_x).toBeLessThan(body.face_landmark.right_eye_x);
  });

  it('002-2 that is a failure has a message and a code and nothing else', async () => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('verify', { image: await of(ANNA), subject_id: SUBJECT });
    expect(status).toBe(400);
    expect(body).toEqual({
      message: 'Subject id is not found',
      error_code: 'INVALID_PAYLOAD_SUBJECT_ID',
    });
  });
});

describe('validations', () => {
  const numbers = Array.from({ length: 15 }, (_, i) => i + 1);

  it.each(numbers.map((n) => [2 + n, n] as const))('002-%i FAIL_ON_%i', async (_row, number) => {
    const { verify } = await withAnna({ engine: faultyEngine(number) });
    const image = await ((number & 8) === 0 ? of(ANNA) : two(ANNA, BORIS));
    const { status, body } = await verify({ ...VALIDATE_ALL, image });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      message: FAIL_ON_MESSAGES[number - 1],
      status_code: 'FAIL',
      error_code: `FAIL_ON_${number}`,
      similarity_status: null,
      nface: (number & 8) === 0 ? 1 : 2,
    });
    expect(body).not.toHaveProperty('similarity_score');
    expect(Object.keys(body).slice(0, 7)).toEqual([
      'message',
      'status_code',
      'error_code',
      'session_id',
      'timestamp',
      'subject_id',
      'similarity_status',
    ]);
  });

  it('002-18 FAIL_ON_16 is of similarity alone, and no switch turns it off', async () => {
    const { verify } = await withAnna();
    const { status, body } = await verify({ image: await of(BORIS) });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      message: 'fail on similarity status',
      status_code: 'FAIL',
      error_code: 'FAIL_ON_16',
      similarity_status: false,
    });
    expect(body.similarity_score).toBeLessThan(82);
  });

  it('002-18 FAIL_ON_16 is not told of a picture that failed a validation: its similarity is not looked at', async () => {
    const { verify, limits } = await withAnna({ engine: faultyEngine(4) });
    const { body } = await verify({ ...VALIDATE_ALL, image: await of(BORIS) });
    expect(body.error_code).toBe('FAIL_ON_4');
    expect(limits.attempts).toEqual([]);
  });

  it('002-3 to 002-17: without its switch no fault fails', async () => {
    const { verify } = await withAnna({ engine: faultyEngine(15) });
    const { body } = await verify({ image: await two(ANNA, BORIS), is_liveness: true });
    expect(body.error_code).toBeUndefined();
    expect(body.similarity_status).toBe(true);
  });
});

describe('the fourteen codes of HTTP 400', () => {
  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['a list', []],
    ['no value', { image: null, subject_id: null }],
    ['two empty strings', { image: '', subject_id: '' }],
    ['text', 'image'],
    ['a switch that is a word', { image: 'x', subject_id: 'y', is_quality: 'true' }],
    ['a switch that is null', { image: 'x', subject_id: 'y', validate_nface: null }],
  ])('002-19 INVALID_PAYLOAD for %s', async (_title, payload) => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('verify', typeof payload === 'string' ? `"${payload}"` : payload);
    expect([status, body.error_code]).toEqual([400, 'INVALID_PAYLOAD']);
  });

  it.each([
    ['an empty string', ''],
    ['null', null],
    ['a number', 7],
    ['what is no base64', 'not base64!'],
    ['another scheme', 'ftp://pictures.example/a.jpg'],
    ['a data URI without content', 'data:image/png;base64,'],
  ])('002-20 INVALID_PAYLOAD_IMAGE_MISSING for %s', (_title, image) =>
    expectCode({ image }, 'INVALID_PAYLOAD_IMAGE_MISSING'),
  );

  it('002-21 INVALID_PAYLOAD_IMAGE_SIZE above 5 MiB, and not at them', async () => {
    const atLimit = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(5_242_880 - 3)]);
    await expectCode({ image: atLimit.toString('base64') }, 'INVALID_PAYLOAD_IMAGE_FORMAT');
    const above = Buffer.concat([atLimit, Buffer.alloc(1)]);
    await expectCode({ image: above.toString('base64') }, 'INVALID_PAYLOAD_IMAGE_SIZE');
  });

  it('002-22 MISSING_PAYLOAD_IMAGE', async () => {
    const { ask } = openVerihubs();
    expect((await ask('verify', { subject_id: SUBJECT })).body.error_code).toBe('MISSING_PAYLOAD_IMAGE');
  });

  it('002-23 MISSING_PAYLOAD_SUBJECT_ID', async () => {
    const { ask } = openVerihubs();
    const { body } = await ask('verify', { image: await of(ANNA) });
    expect(body.error_code).toBe('MISSING_PAYLOAD_SUBJECT_ID');
  });

  const url = 'https://pictures.example/anna.png';

  it('002-24 INVALID_PAYLOAD_IMAGE_TIMEOUT when a host takes too long', () =>
    expectCode({ image: url }, 'INVALID_PAYLOAD_IMAGE_TIMEOUT', {
      fetchImage: async () => {
        throw errors.timeout();
      },
    }));

  it.each([
    ['a host that gives none', async () => Promise.reject(errors.remoteImageUnavailable('404'))],
    ['an address that is refused', async () => Promise.reject(errors.remoteImageRefused('private'))],
    ['an address of another format', async () => new TextEncoder().encode('GIF89a and so on')],
  ])('002-25 INVALID_PAYLOAD_IMAGE_FORMAT for %s', (_title, fetchImage) =>
    expectCode({ image: url }, 'INVALID_PAYLOAD_IMAGE_FORMAT', { fetchImage }),
  );

  it('002-25 INVALID_PAYLOAD_IMAGE_FORMAT for a broken picture, another format, and where nothing is fetched', async () => {
    const whole = Buffer.from(await of(ANNA), 'base64');
    const image = whole.subarray(0, whole.length / 2).toString('base64');
    await expectCode({ image }, 'INVALID_PAYLOAD_IMAGE_FORMAT');
    const gif = Buffer.from('GIF89a and so on').toString('base64');
    await expectCode({ image: gif }, 'INVALID_PAYLOAD_IMAGE_FORMAT');
    await expectCode({ image: url }, 'INVALID_PAYLOAD_IMAGE_FORMAT');
  });

  it('002-26 FACE_NOT_DETECTED', async () => expectCode({ image: await nobody() }, 'FACE_NOT_DETECTED'));

  it.each([
    ['unknown', 'somebody else'],
    ['a number', 7],
    ['longer than any', 'x'.repeat(513)],
    ['not to be kept', 'a\u0000b'],
  ])('002-27 INVALID_PAYLOAD_SUBJECT_ID for one that is %s', (_title, subject_id) =>
    expectCode({ subject_id }, 'INVALID_PAYLOAD_SUBJECT_ID'),
  );

  it.each([
    ['an empty string', ''],
    ['null', null],
  ])('002-28 INVALID_PAYLOAD_SUBJECT_ID_MISSING for %s', (_title, subject_id) =>
    expectCode({ subject_id }, 'INVALID_PAYLOAD_SUBJECT_ID_MISSING'),
  );

  it('002-29 INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY', () =>
    expectCode(
      { is_quality: false, validate_quality: true },
      'INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY',
    ));

  it('002-30 INVALID_PAYLOAD_ATTRIBUTE_VALIDATION_DEPENDENCY', () =>
    expectCode(
      { is_attribute: false, validate_attribute: true },
      'INVALID_PAYLOAD_ATTRIBUTE_VALIDATION_DEPENDENCY',
    ));

  it('002-31 INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY, also when is_liveness is left to its default', async () => {
    await expectCode({ validate_liveness: true }, 'INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY');
    await expectCode(
      { is_liveness: false, validate_liveness: true },
      'INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY',
    );
  });

  it.each(['', 'Basic', 'HIGH', 'low', 82, null])(
    '002-32 INVALID_PAYLOAD_THRESHOLD_MISSING for %j',
    (threshold) => expectCode({ threshold }, 'INVALID_PAYLOAD_THRESHOLD_MISSING'),
  );
});

describe('limits and failures', () => {
  it('002-33 gives a host 15 seconds in all and takes no more than 5 MiB from it', async () => {
    const asked: unknown[] = [];
    const bytes = Buffer.from(await of(ANNA), 'base64');
    const { verify } = await withAnna({
      fetchImage: async (address, _signal, limits) => {
        asked.push(address, limits);
        return Uint8Array.from(bytes);
      },
    });
    const { body } = await verify({ image: 'HTTPS://pictures.example/a.png?x=1' });
    expect(body.similarity_status).toBe(true);
    expect(asked).toEqual(['HTTPS://pictures.example/a.png?x=1', { timeoutMs: 15_000, bytesMax: 5_242_880 }]);
  });

  it.each([
    ['002-34', 'INSUFFICIENT_QUOTA_VERIFY', { verify: 1, liveness: 9 }],
    ['002-34, told before the other,', 'INSUFFICIENT_QUOTA_VERIFY', { verify: 1, liveness: 1 }],
    ['002-35', 'INSUFFICIENT_QUOTA_LIVENESS', { verify: 9, liveness: 1 }],
  ])('%s %s when it is used up', async (_row, error_code, quotas) => {
    const { as } = openVerihubs({ principals: { trial: testing('trial', quotas) } });
    const ask = as('trial');
    await ask('enroll', { image: await of(ANNA), subject_id: SUBJECT });
    const request = { image: await of(ANNA), subject_id: SUBJECT, is_liveness: true };
    expect((await ask('verify', request)).body.similarity_status).toBe(true);
    const { status, body } = await ask('verify', request);
    expect([status, body]).toEqual([403, { message: expect.any(String), error_code }]);
  });

  it('002-36 counts no quota in live mode', async () => {
    const { account, ...rest } = testing('live', { verify: 0, liveness: 0 });
    const live = { ...rest, account: { ...account, mode: 'live' as const } };
    const { as } = openVerihubs({ principals: { live } });
    await as('live')('enroll', { image: await of(ANNA), subject_id: SUBJECT });
    const { body } = await as('live')('verify', { image: await of(ANNA), subject_id: SUBJECT });
    expect(body.error_code).toBeUndefined();
  });

  it('002-37 INTERNAL_SERVER_ERROR for what is our fault, without a word about it', async () => {
    const { verify } = await withAnna();
    expect((await verify()).status).toBe(200);
    const broken = openVerihubs({ engine: { failWith: new Error('secret of the house') } });
    const { status, body } = await broken.ask('liveness', { image: await of(ANNA) });
    expect([status, body]).toEqual([
      500,
      { message: 'Internal server error', error_code: 'INTERNAL_SERVER_ERROR' },
    ]);
  });
});

describe('fields and their defaults', () => {
  it('002-38 image is base64, plain or as a data URI', async () => {
    const { verify } = await withAnna();
    const image = `data:image/png;base64,${await of(ANNA)}`;
    expect((await verify({ image })).body.similarity_status).toBe(true);
  });

  it('002-39 subject_id is any text of 1 to 512 characters', async () => {
    const { ask } = openVerihubs();
    for (const subject_id of ['7', ' ', '日本 😀', "'; drop table --", 'x'.repeat(512)]) {
      const image = await of(ANNA);
      expect((await ask('enroll', { image, subject_id })).body.subject_id).toBe(subject_id);
      expect((await ask('verify', { image, subject_id })).body.similarity_status).toBe(true);
    }
  });

  it('002-40 is_quality is true: blur, dark and grayscale are told; false: they are not', async () => {
    const { verify } = await withAnna();
    const { body } = await verify();
    expect(body.image_quality).toEqual({
      blur: false,
      blur_score: 0.05,
      dark: false,
      dark_score: 0.1,
      grayscale: false,
    });
    expect((await verify({ is_quality: false })).body).not.toHaveProperty('image_quality');
  });

  it('002-41 is_attribute is true: sunglasses, mask, veil and hat are told; false: they are not', async () => {
    const { verify } = await withAnna();
    const { body } = await verify();
    const none = { sunglasses_on: false, mask_on: false, veil_on: false, hat_on: false };
    expect(body.attributes).toEqual(none);
    expect((await verify({ is_attribute: false })).body).not.toHaveProperty('attributes');
    const veiled = { 'head-covering': { value: 'religious', confidence: 0.9 } } as const;
    const other = await withAnna({ engine: { attributes: veiled } });
    expect((await other.verify()).body.attributes).toEqual({ ...none, veil_on: true });
  });

  it('002-41 what the model pack cannot tell is null, and fails nothing', async () => {
    const unknown = { glasses: undefined, 'face-mask': undefined, 'head-covering': undefined };
    const { verify } = await withAnna({ engine: { attributes: unknown, quality: { blur: undefined } } });
    const { body } = await verify({ validate_attribute: true, validate_quality: true });
    expect(body.attributes).toEqual({ sunglasses_on: null, mask_on: null, veil_on: null, hat_on: null });
    expect(body.image_quality).toMatchObject({ blur: null, blur_score: null, dark: false });
    expect(body.similarity_status).toBe(true);
  });

  it('002-42 is_liveness is false: liveness is not told; true: it is', async () => {
    const { verify } = await withAnna();
    expect((await verify()).body).not.toHaveProperty('liveness');
    expect((await verify({ is_liveness: true })).body.liveness).toEqual({ status: true, probability: 98 });
  });

  it.each([
    ['002-44 validate_quality', faultyEngine(4)],
    ['002-46 validate_attribute', faultyEngine(2)],
    ['002-47 validate_liveness', faultyEngine(1)],
  ])('%s is false', async (_title, engine) => {
    const { verify } = await withAnna({ engine });
    expect((await verify({ is_liveness: true })).body.error_code).toBeUndefined();
  });

  it.each([
    ['blur', { blur: 0.31 }, 'FAIL_ON_4'],
    ['little blur', { blur: 0.3 }, undefined],
    ['darkness', { 'too-dark': 0.51 }, 'FAIL_ON_4'],
    ['some darkness', { 'too-dark': 0.5 }, undefined],
    ['shades of grey', { 'colour-channels': 1 }, 'FAIL_ON_4'],
  ])('002-45 validate_quality on %s', async (_title, quality, code) => {
    const { verify } = await withAnna({ engine: { quality } });
    expect((await verify({ validate_quality: true })).body.error_code).toBe(code);
  });

  it.each([
    ['dark glasses', { glasses: { value: 'dark', confidence: 0.9 } }, 'FAIL_ON_2'],
    ['glasses', { glasses: { value: 'clear', confidence: 0.9 } }, undefined],
    ['a mask', { 'face-mask': { value: 'yes', confidence: 0.9 } }, 'FAIL_ON_2'],
    ['a hat', { 'head-covering': { value: 'hat', confidence: 0.9 } }, undefined],
    ['a veil', { 'head-covering': { value: 'religious', confidence: 0.9 } }, undefined],
  ] as const)('002-46 validate_attribute on %s', async (_title, attributes, code) => {
    const { verify } = await withAnna({ engine: { attributes } });
    expect((await verify({ validate_attribute: true })).body.error_code).toBe(code);
  });

  it.each([
    ['bona-fide', undefined, true],
    ['attack', 'FAIL_ON_1', false],
    ['undetermined', 'FAIL_ON_1', null],
  ] as const)('002-47 validate_liveness on %s', async (outcome, code, live) => {
    const presentationAttack = { outcome, attackProbability: 0.5, assurance: 'low', evidence: [] } as const;
    const { verify } = await withAnna({ engine: { presentationAttack } });
    const { body } = await verify({ is_liveness: true, validate_liveness: true });
    expect([body.error_code, body.liveness]).toEqual([code, { status: live, probability: 50 }]);
  });

  it('002-48 threshold is basic, moderate or high', async () => {
    const { verify } = await withAnna();
    for (const threshold of ['basic', 'moderate', 'high']) {
      expect((await verify({ threshold })).body.similarity_status).toBe(true);
    }
  });

  it('002-49 validate_nface is false, and true refuses more than one face', async () => {
    const { verify } = await withAnna();
    const image = await two(ANNA, BORIS);
    expect((await verify({ image })).body).toMatchObject({ similarity_status: true, nface: 2 });
    expect((await verify({ image, validate_nface: true })).body.error_code).toBe('FAIL_ON_8');
  });

  it('002-50 both headers are needed', async () => {
    const { app } = openVerihubs();
    const headers = { 'App-ID': 'acme', 'API-Key': 'acme-key' };
    for (const [name, value] of Object.entries(headers)) {
      const response = await app.inject({
        method: 'POST',
        url: '/v1/face/verify',
        headers: { [name]: value },
        payload: {},
      });
      expect([response.statusCode, response.body]).toEqual([401, '{"message":"Unauthorized"}']);
    }
    const both = await app.inject({ method: 'POST', url: '/v1/face/verify', headers, payload: {} });
    expect(both.statusCode).toBe(400);
  });

  it('002-51 answers are JSON', async () => {
    const { verify, ask } = await withAnna();
    for (const { headers } of [await verify(), await ask('verify', {}), await ask('delete')]) {
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
  });
});

it.each(['002-43', '002-52'])('%s is documented', (row) => {
  const page = join(import.meta.dirname, '../../../../../docs/surfaces/verihubs.md');
  expect(readFileSync(page, 'utf8')).toContain(row);
});
